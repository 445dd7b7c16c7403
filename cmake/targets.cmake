# How our own code is compiled: the warnings and sanitizers apply to it only,
# never to a user's target.
function(bench_profiler_own_options target)
  target_compile_features(${target} PUBLIC cxx_std_17)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_include_directories(
    ${target} PUBLIC $<BUILD_INTERFACE:${bench_profiler_SOURCE_DIR}>)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow
                                           -Wconversion)
  if(BENCH_PROFILER_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(BENCH_PROFILER_SANITIZE)
    # The first finding ends the program, and with it the test. It also takes g++
    # half of the time: no code has to go on behind a finding.
    # g++ sees std::regex use what it does not set, with sanitizers only.
    target_compile_options(
      ${target} PRIVATE -fsanitize=${BENCH_PROFILER_SANITIZE}
                        -fno-sanitize-recover=all -fno-omit-frame-pointer
                        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_link_options(${target} PUBLIC -fsanitize=${BENCH_PROFILER_SANITIZE})
  endif()
endfunction()
