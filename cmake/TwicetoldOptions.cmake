# SPDX-License-Identifier: Apache-2.0
# What every target of the project is compiled with.

add_library(twicetold_options INTERFACE)
target_compile_features(twicetold_options INTERFACE cxx_std_20)
target_compile_options(twicetold_options INTERFACE
  -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wcast-align -Wunused
  -Woverloaded-virtual -Wimplicit-fallthrough
  $<$<BOOL:${TWICETOLD_WERROR}>:-Werror>)
