# A module of the user's that happens to be called as one of ours.
if(NOT PROJECT_NAME STREQUAL "consumer")
  message(FATAL_ERROR "bench_profiler included a module of its user's")
endif()
