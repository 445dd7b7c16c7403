# Tests of ctest that fail when the benchmark my_bench becomes worse. Include this
# where my_bench is made, or copy it, and configure with
#
#   -DBASE_BENCH=../main/build/my_bench   the program as it was: compares times
#   -DBASE_COUNTS=../main/build/counts    what the first test below left there: the
#                                         numbers of executed instructions
#
# The program is not to run beside other tests, which take its caches and its clock.
find_program(BENCH_PROFILER bench_profiler)
set(BASE_BENCH "" CACHE FILEPATH "my_bench as it was")
set(BASE_COUNTS "" CACHE PATH "Counts of my_bench as it was")
set(counts "${CMAKE_CURRENT_BINARY_DIR}/counts")

add_test(NAME my_bench.count COMMAND "${BENCH_PROFILER}" count
                                     "--outputdir=${counts}"
                                     -- $<TARGET_FILE:my_bench>)
set_tests_properties(my_bench.count PROPERTIES FIXTURES_SETUP my_bench_counts)
if(BASE_COUNTS)
  add_test(NAME my_bench.instructions
           COMMAND "${BENCH_PROFILER}" diff --fail-above=instructions:1%
                   "${BASE_COUNTS}" "${counts}")
  set_tests_properties(my_bench.instructions PROPERTIES FIXTURES_REQUIRED
                                                        my_bench_counts)
endif()
if(BASE_BENCH)
  add_test(NAME my_bench.time
           COMMAND "${BENCH_PROFILER}" compare --fail-above=5% --runs=10
                   "${BASE_BENCH}" $<TARGET_FILE:my_bench>)
  set_tests_properties(my_bench.time PROPERTIES RUN_SERIAL TRUE TIMEOUT 3600)
endif()
