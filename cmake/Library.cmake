# spie_rules, spie_credentials, spie_static and the shared library: see the layers in docs/architecture.md.
file(GLOB_RECURSE rules_sources CONFIGURE_DEPENDS src/text/*.cpp src/rules/*.cpp src/crypto/*.cpp)
file(GLOB_RECURSE credentials_sources CONFIGURE_DEPENDS src/xml/*.cpp src/credentials/*.cpp)
file(GLOB_RECURSE other_sources CONFIGURE_DEPENDS src/*.cpp)
list(FILTER other_sources EXCLUDE REGEX "/src/(text|rules|crypto|xml|credentials)/")

# GCC 12 warns of a fault inside its own vector here, once optimised.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  set_source_files_properties(src/rules/feel/builtins/sort.cpp PROPERTIES COMPILE_OPTIONS -Wno-free-nonheap-object)
endif()

# The loops over columns are compiled once for each instruction set, and chosen when the program runs.
file(GLOB columns_sources CONFIGURE_DEPENDS src/rules/columns/*.cpp)
set_property(SOURCE ${columns_sources} APPEND PROPERTY COMPILE_OPTIONS $<${spie_optimised}:-O3>)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|amd64")
  set_property(SOURCE src/rules/columns/kernels_avx2.cpp APPEND PROPERTY COMPILE_OPTIONS -mavx2 -mbmi2)
  set_property(SOURCE src/rules/columns/kernels_avx512.cpp APPEND PROPERTY COMPILE_OPTIONS
    -Wno-uninitialized -mavx512f -mavx512bw -mavx512dq -mavx512vl -mbmi2 -mprefer-vector-width=512)
  set_property(SOURCE src/rules/columns/kernels.cpp APPEND PROPERTY COMPILE_DEFINITIONS SPIE_COLUMNS_X86)
else()
  list(FILTER rules_sources EXCLUDE REGEX "/kernels_avx(2|512)\\.cpp$")
endif()

spie_private_decimal(number_source number_object)
list(REMOVE_ITEM rules_sources ${number_source})

spie_objects(spie_rules_objects ${rules_sources})
spie_objects(spie_credentials_objects ${credentials_sources})
spie_objects(spie_other_objects ${other_sources})

add_library(spie_rules STATIC ${spie_rules_objects} ${number_object})
add_library(spie_credentials STATIC ${spie_credentials_objects})
set(every_object ${spie_rules_objects} ${spie_credentials_objects} ${spie_other_objects} ${number_object})
add_library(spie_static STATIC ${every_object})
add_library(spie_shared SHARED ${every_object})
add_library(spie::rules ALIAS spie_rules)
add_library(spie::credentials ALIAS spie_credentials)
add_library(spie::static ALIAS spie_static)
add_library(spie::spie ALIAS spie_shared)

foreach(target spie_rules spie_credentials spie_static spie_shared)
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  if(target STREQUAL "spie_rules")
    target_link_libraries(${target} PRIVATE ${rules_dependencies})
  elseif(target STREQUAL "spie_credentials")
    target_link_libraries(${target} PUBLIC spie_rules PRIVATE ${credentials_dependencies})
  else()
    target_link_libraries(${target} PRIVATE ${private_dependencies})
  endif()
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
endforeach()
target_compile_features(spie_rules INTERFACE cxx_std_20)
target_compile_features(spie_credentials INTERFACE cxx_std_20)
target_compile_features(spie_static INTERFACE cxx_std_20)
set_target_properties(spie_rules PROPERTIES EXPORT_NAME rules)
set_target_properties(spie_credentials PROPERTIES EXPORT_NAME credentials)
set_target_properties(spie_static PROPERTIES EXPORT_NAME static)

# Hidden visibility still exports templates of the standard library: only the version script says what is exported.
set(version_script "${PROJECT_SOURCE_DIR}/src/capi/spie.map")
if(NOT EXISTS "${version_script}")
  set(version_script "${CMAKE_CURRENT_BINARY_DIR}/nothing.map")
  file(WRITE "${version_script}" "SPIE_0 {\n  local: *;\n};\n")
endif()
spie_harden(spie_shared)
target_link_options(spie_shared PRIVATE "LINKER:--version-script=${version_script}")
if(NOT SPIE_SANITIZE)
  target_link_options(spie_shared PRIVATE LINKER:--no-undefined)
endif()
set_target_properties(spie_shared PROPERTIES
  OUTPUT_NAME spie EXPORT_NAME spie VERSION ${PROJECT_VERSION} SOVERSION ${SPIE_SOVERSION}
  LINK_DEPENDS "${version_script}")

# Where the C ABI says that the packs of this installation are.
file(GLOB capi_sources CONFIGURE_DEPENDS src/capi/*.cpp)
set_property(SOURCE ${capi_sources} APPEND PROPERTY COMPILE_OPTIONS -g) # libabigail reads the types of spie.h there
set_property(SOURCE ${capi_sources} APPEND PROPERTY COMPILE_DEFINITIONS
  SPIE_PACKS_DIR="${CMAKE_INSTALL_FULL_DATADIR}/spie/packs")
