# SPDX-License-Identifier: Apache-2.0
# Builds and runs the consumer project in this folder.
#   cmake -DMODE=installed|subdirectory -DBINARY_DIR=... -DWORK_DIR=...
#         -DGENERATOR=... -DCXX=... -DCXX_FLAGS=... -DBUILD_TYPE=... -P run.cmake
get_filename_component(project_dir ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)

function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status
                  OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGV}\nended with ${status}:\n${output}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK_DIR})
if(MODE STREQUAL "installed")
  run(${CMAKE_COMMAND} --install ${BINARY_DIR} --prefix ${WORK_DIR}/prefix)
  set(where -DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix)
  foreach(file bin/twicetold share/man/man1/twicetold-scan.1
          share/bash-completion/completions/twicetold)
    if(NOT EXISTS ${WORK_DIR}/prefix/${file})
      message(FATAL_ERROR "${file} is not installed")
    endif()
  endforeach()
else()
  set(where -DTWICETOLD_SOURCE_DIR=${project_dir})
endif()
run(${CMAKE_COMMAND} -G ${GENERATOR} -S ${CMAKE_CURRENT_LIST_DIR}/consumer
    -B ${WORK_DIR}/build ${where} -DCMAKE_CXX_COMPILER=${CXX}
    -DCMAKE_CXX_FLAGS=${CXX_FLAGS} -DCMAKE_BUILD_TYPE=${BUILD_TYPE})
run(${CMAKE_COMMAND} --build ${WORK_DIR}/build --parallel 2)
run(${WORK_DIR}/build/consumer)
run(${WORK_DIR}/build/from_memory)
