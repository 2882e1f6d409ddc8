# What is installed: four libraries, the headers, the packs, the pages that a program in C needs, the licences, and how
# CMake and pkg-config find them.
include(CMakePackageConfigHelpers)

install(TARGETS spie_shared EXPORT spieTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS spie_static EXPORT spie_staticTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS spie_rules EXPORT spie_rulesTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS spie_credentials EXPORT spie_credentialsTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY include/spie DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT library)
install(DIRECTORY packs/ DESTINATION ${CMAKE_INSTALL_DATADIR}/spie/packs COMPONENT library)
install(DIRECTORY nomenclatures/ DESTINATION ${CMAKE_INSTALL_DATADIR}/spie/nomenclatures COMPONENT library)
install(FILES LICENSE NOTICE CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/spie COMPONENT library)
install(DIRECTORY LICENSES DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/spie COMPONENT library)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/spie/docs COMPONENT library
  FILES_MATCHING PATTERN "*.md" PATTERN "*.svg" PATTERN "*.json")
install(DIRECTORY examples/c examples/cpp examples/php examples/node DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/spie/examples
  COMPONENT library)

if(EXISTS "${PROJECT_SOURCE_DIR}/include/spie/spie.h")
  set(ffi_header "${CMAKE_CURRENT_BINARY_DIR}/spie.ffi.h")
  add_custom_command(
    OUTPUT "${ffi_header}"
    COMMAND ${CMAKE_COMMAND} -DHEADER=${PROJECT_SOURCE_DIR}/include/spie/spie.h -DOUTPUT=${ffi_header}
            -DCOMPILER=${CMAKE_C_COMPILER} -P "${PROJECT_SOURCE_DIR}/cmake/ffi.cmake"
    DEPENDS "${PROJECT_SOURCE_DIR}/include/spie/spie.h" "${PROJECT_SOURCE_DIR}/cmake/ffi.cmake"
    COMMENT "Writing spie.ffi.h"
    VERBATIM)
  add_custom_target(spie_ffi_header ALL DEPENDS "${ffi_header}")
  install(FILES "${ffi_header}" DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/spie COMPONENT library)

  # The same for PHP behind a web server, which loads it before any request (ffi.preload): PHP wants the library's own
  # path, that of the prefix into which this is installed.
  cmake_path(SET libdir NORMALIZE "${CMAKE_INSTALL_LIBDIR}")
  install(CODE "
    set(PRELOAD_HEADER \"${ffi_header}\")
    set(PRELOAD_OUTPUT \"${CMAKE_CURRENT_BINARY_DIR}/spie.preload.h\")
    set(PRELOAD_LIBRARY \"${libdir}/libspie.so.${SPIE_SOVERSION}\")
    cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_PREFIX NORMALIZE OUTPUT_VARIABLE PRELOAD_PREFIX)
    cmake_path(ABSOLUTE_PATH PRELOAD_LIBRARY BASE_DIRECTORY \"\${PRELOAD_PREFIX}\" NORMALIZE)
    include(\"${PROJECT_SOURCE_DIR}/cmake/preload.cmake\")" COMPONENT library)
  install(FILES "${CMAKE_CURRENT_BINARY_DIR}/spie.preload.h" DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/spie
          COMPONENT library)
endif()

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/spie)
install(EXPORT spieTargets NAMESPACE spie:: DESTINATION ${package_dir} COMPONENT library)
install(EXPORT spie_staticTargets NAMESPACE spie:: DESTINATION ${package_dir} COMPONENT library)
install(EXPORT spie_rulesTargets NAMESPACE spie:: DESTINATION ${package_dir} COMPONENT library)
install(EXPORT spie_credentialsTargets NAMESPACE spie:: DESTINATION ${package_dir} COMPONENT library)
configure_package_config_file(cmake/spieConfig.cmake.in spieConfig.cmake
  INSTALL_DESTINATION ${package_dir} PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file(spieConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/spieConfig.cmake" "${CMAKE_CURRENT_BINARY_DIR}/spieConfigVersion.cmake"
              cmake/FindPCRE2.cmake cmake/Findutf8proc.cmake cmake/Findqrencode.cmake
  DESTINATION ${package_dir} COMPONENT library)

# The files of pkg-config name their prefix from their own place, so that a tree can be moved or staged.
file(RELATIVE_PATH up "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
string(REGEX REPLACE "/$" "" up "${up}")
set(PC_PREFIX "\${pcfiledir}/${up}")
foreach(kind LIBDIR INCLUDEDIR DATADIR)
  if(IS_ABSOLUTE "${CMAKE_INSTALL_${kind}}")
    set(PC_${kind} "${CMAKE_INSTALL_${kind}}")
  else()
    set(PC_${kind} "\${prefix}/${CMAKE_INSTALL_${kind}}")
  endif()
endforeach()
function(pkg_config name description)
  set(PC_NAME ${name})
  set(PC_DESCRIPTION "${description}")
  list(JOIN ARGN "\n" PC_LINES)
  configure_file(cmake/spie.pc.in ${name}.pc @ONLY)
  install(FILES "${CMAKE_CURRENT_BINARY_DIR}/${name}.pc" DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
          COMPONENT library)
endfunction()
set(rules_lines "Requires: pugixml libpcre2-8 libcrypto" "Cflags: -I\${includedir}")
set(credentials_lines "Requires: spie-rules expat zlib libqrencode" "Cflags: -I\${includedir}")
set(static_lines "Requires: pugixml libpcre2-8 libcrypto sqlite3 libutf8proc expat zlib libqrencode" "Cflags: -I\${includedir}")
set(static_libraries "-ldate-tz -lpthread -lstdc++ -lm")
pkg_config(spie "${PROJECT_DESCRIPTION}: the C ABI" "Libs: -L\${libdir} -lspie" "Cflags: -I\${includedir}")
pkg_config(spie-static "${PROJECT_DESCRIPTION}: C++, static" ${static_lines}
           "Libs: -L\${libdir} -lspie_static ${static_libraries}")
pkg_config(spie-rules "FEEL, DMN and packs alone: C++, static" ${rules_lines}
           "Libs: -L\${libdir} -lspie_rules ${static_libraries}")
pkg_config(spie-credentials "Open Badges alone: C++, static" ${credentials_lines} "Libs: -L\${libdir} -lspie_credentials")
