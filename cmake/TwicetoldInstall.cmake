# SPDX-License-Identifier: Apache-2.0
# Installs the library, so that find_package(twicetold) finds
# twicetold::twicetold. The tool is installed where it is built.

option(TWICETOLD_INSTALL "Make install rules" ${PROJECT_IS_TOP_LEVEL})
if(NOT TWICETOLD_INSTALL)
  return()
endif()

include(CMakePackageConfigHelpers)

set(twicetold_config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/twicetold)

install(TARGETS twicetold EXPORT twicetoldTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/lib/twicetold
                  ${PROJECT_BINARY_DIR}/lib/twicetold
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h"
  PATTERN "CMakeFiles" EXCLUDE)
install(EXPORT twicetoldTargets NAMESPACE twicetold::
  DESTINATION ${twicetold_config_dir})

configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/twicetoldConfig.cmake.in
  ${PROJECT_BINARY_DIR}/twicetoldConfig.cmake
  INSTALL_DESTINATION ${twicetold_config_dir})
# Before 1.0 a minor version may break what uses the one before it.
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/twicetoldConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/twicetoldConfig.cmake
  ${PROJECT_BINARY_DIR}/twicetoldConfigVersion.cmake
  DESTINATION ${twicetold_config_dir})
