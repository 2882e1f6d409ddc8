# How our own sources are compiled. Nothing here reaches those who link the library.

# Warnings and sanitizers, for targets of ours only.
function(spie_compile_options target)
  if(SPIE_WARNINGS)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
      -Wcast-qual -Wformat=2 -Wundef
      $<$<COMPILE_LANGUAGE:CXX>:-Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi>
      $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op>)
  endif()
  if(SPIE_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(SPIE_CLANG_TIDY)
    set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY "${SPIE_CLANG_TIDY}")
  endif()
  if(SPIE_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${SPIE_SANITIZE} -fno-omit-frame-pointer
                                             -fno-sanitize-recover=all)
    target_link_options(${target} PRIVATE -fsanitize=${SPIE_SANITIZE})
  endif()
endfunction()

# What an optimised build verifies while it runs, however it is built: stack frames, buffers of the C library, containers of
# the C++ library (2 % of a row of benchmarks/row_table_10, 3 % of one with its trace), and a table of imported functions
# that is read-only once loaded. Sanitizers see to it themselves.
set(spie_optimised "$<CONFIG:Release,RelWithDebInfo,MinSizeRel>")
function(spie_harden target)
  if(SPIE_SANITIZE)
    return()
  endif()
  target_compile_options(${target} PRIVATE
    "$<${spie_optimised}:-fstack-protector-strong;-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2;-D_GLIBCXX_ASSERTIONS>")
  get_target_property(type ${target} TYPE)
  if(type MATCHES "^(SHARED_LIBRARY|MODULE_LIBRARY)$")
    target_link_options(${target} PRIVATE LINKER:-z,relro,-z,now)
  endif()
endfunction()

# An object library over the sources, given back as $<TARGET_OBJECTS:…> in the variable of the same name; empty when a
# layer has no source yet.
function(spie_objects name)
  if(NOT ARGN)
    set(${name} "" PARENT_SCOPE)
    return()
  endif()
  add_library(${name} OBJECT ${ARGN})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(${name} PRIVATE ${private_dependencies})
  spie_compile_options(${name})
  spie_harden(${name})
  set(${name} $<TARGET_OBJECTS:${name}> PARENT_SCOPE)
endfunction()

# Intel's decimal library defines 314 of the names of libgcc's _Decimal128, with other calling conventions: left global,
# they break any program that uses both. number.cpp alone calls them, so it is linked with the members it needs into one
# relocatable object, in which every name that comes from the archive is then made local.
function(spie_private_decimal source_variable object_variable)
  find_library(SPIE_INTEL_DECIMAL NAMES libbidgcc000.a REQUIRED)
  set(source "${PROJECT_SOURCE_DIR}/src/rules/feel/number.cpp")
  spie_objects(spie_number "${source}")
  set(object "${CMAKE_CURRENT_BINARY_DIR}/number_with_decimal.o")
  add_custom_command(
    OUTPUT "${object}"
    COMMAND ${CMAKE_COMMAND} -DOBJECT=$<TARGET_OBJECTS:spie_number> -DARCHIVE=${SPIE_INTEL_DECIMAL}
            -DOUTPUT=${object} -DLINKER=${CMAKE_LINKER} -DOBJCOPY=${CMAKE_OBJCOPY} -DNM=${CMAKE_NM}
            -P "${PROJECT_SOURCE_DIR}/cmake/localize.cmake"
    DEPENDS spie_number $<TARGET_OBJECTS:spie_number> "${PROJECT_SOURCE_DIR}/cmake/localize.cmake"
    COMMENT "Hiding the names of Intel's decimal library"
    VERBATIM)
  set_source_files_properties("${object}" PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
  # Several targets use the object: without this one they would each run the command.
  add_custom_target(spie_number_object DEPENDS "${object}")
  set(${source_variable} "${source}" PARENT_SCOPE)
  set(${object_variable} "${object}" PARENT_SCOPE)
endfunction()
