# Programs that were not built for profiles, run by bench_profiler run.
function(plain_program name)
  cmake_parse_arguments(PROGRAM "" "" "SOURCES;LIBRARIES;OPTIONS" ${ARGN})
  add_executable(${name} ${PROGRAM_SOURCES})
  target_compile_features(${name} PRIVATE cxx_std_17)
  target_compile_options(${name} PRIVATE -O2 -g ${PROGRAM_OPTIONS})
  target_link_libraries(${name} PRIVATE ${PROGRAM_LIBRARIES} Threads::Threads)
  add_dependencies(launcher_test ${name})
endfunction()

bench_profiler_test(
  launcher_test
  SOURCES launcher_test.cc launcher_frameworks_test.cc
  LIBRARIES bench_profiler_test_support
  DEFINITIONS PROGRAMS="${CMAKE_CURRENT_BINARY_DIR}"
              LAUNCHER="$<TARGET_FILE:bench_profiler_launcher>"
  LABEL integration)
add_dependencies(launcher_test bench_profiler_launcher attribution_bench
                 signal_safe_allocator)
bench_profiler_program(
  enabled_tool NO_BENCHMARK SOURCES ../consumers/consumer_tool.cc
                                    ../consumers/consumer_tool_work.cc)
add_dependencies(launcher_test enabled_tool)
plain_program(ordinary SOURCES programs/ordinary.cc)
plain_program(ordinary_static SOURCES programs/ordinary.cc OPTIONS -static)
target_link_options(ordinary_static PRIVATE -static)
plain_program(ordinary_address SOURCES programs/ordinary.cc
              OPTIONS -fsanitize=address)
target_link_options(ordinary_address PRIVATE -fsanitize=address)
plain_program(plain_bench SOURCES programs/attribution_bench.cc
              LIBRARIES benchmark::benchmark)
plain_program(plain_matrix_bench SOURCES matrix/matrix_bench.cc
              LIBRARIES benchmark::benchmark)
plain_program(plain_static_test SOURCES programs/test_phases.cc
              LIBRARIES GTest::gtest_main)

# Google Benchmarks that cannot be looked into.
add_library(stand_in_static STATIC programs/stand_in_benchmark.cc)
add_library(stand_in_9_9_9 SHARED programs/stand_in_benchmark.cc)
set_target_properties(
  stand_in_9_9_9
  PROPERTIES OUTPUT_NAME benchmark VERSION 9.9.9 SOVERSION 9
             LIBRARY_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/stand_in")
add_library(stand_in_unknown SHARED programs/stand_in_benchmark.cc)
# Of the right version, but without a function that returns a std::string as it
# is here.
add_library(stand_in_other_library SHARED programs/stand_in_benchmark.cc)
set_target_properties(
  stand_in_other_library
  PROPERTIES OUTPUT_NAME benchmark VERSION "${benchmark_VERSION}" SOVERSION 1
             LIBRARY_OUTPUT_DIRECTORY
             "${CMAKE_CURRENT_BINARY_DIR}/stand_in_other_library")
foreach(kind static 9_9_9 unknown other_library)
  plain_program(plain_${kind} SOURCES programs/stand_in_main.cc
                LIBRARIES stand_in_${kind})
endforeach()

# Debian has GoogleTest's sources, and no shared library of it.
find_file(GOOGLETEST_SOURCE src/gtest-all.cc
          PATHS /usr/src/googletest/googletest NO_DEFAULT_PATH)
if(GOOGLETEST_SOURCE)
  get_filename_component(googletest "${GOOGLETEST_SOURCE}/../.." ABSOLUTE)
  add_library(shared_googletest SHARED "${GOOGLETEST_SOURCE}")
  target_compile_features(shared_googletest PUBLIC cxx_std_17)
  target_compile_options(shared_googletest PRIVATE -O0)
  target_include_directories(shared_googletest PRIVATE "${googletest}")
  target_include_directories(shared_googletest SYSTEM
                             PUBLIC "${googletest}/include")
  target_compile_definitions(shared_googletest
                             PRIVATE GTEST_CREATE_SHARED_LIBRARY=1)
  set_target_properties(
    shared_googletest
    PROPERTIES OUTPUT_NAME gtest VERSION "${GTest_VERSION}"
               SOVERSION "${GTest_VERSION}" CXX_CLANG_TIDY ""
               LIBRARY_OUTPUT_DIRECTORY
               "${CMAKE_CURRENT_BINARY_DIR}/shared_googletest")
  plain_program(
    plain_shared_test
    SOURCES programs/test_phases.cc "${googletest}/src/gtest_main.cc"
    LIBRARIES shared_googletest)
endif()

# Reports, also of programs that were not built for them.
bench_profiler_test(
  profile_report_test
  SOURCES profile_report_test.cc
  LIBRARIES bench_profiler_test_support bench_profiler_exporter_for_tests
  DEFINITIONS PROGRAMS="${CMAKE_CURRENT_BINARY_DIR}"
              LAUNCHER="$<TARGET_FILE:bench_profiler_launcher>"
  LABEL integration)
add_dependencies(profile_report_test bench_profiler_launcher ending_bench
                 gtest_main_test ordinary)

bench_profiler_program(count_bench SOURCES programs/count_bench.cc)
bench_profiler_test(
  count_test
  SOURCES count_test.cc
  LIBRARIES bench_profiler_test_support
  DEFINITIONS PROGRAMS="${CMAKE_CURRENT_BINARY_DIR}"
              LAUNCHER="$<TARGET_FILE:bench_profiler_launcher>"
  LABEL integration)
add_dependencies(count_test bench_profiler_launcher count_bench ordinary
                 plain_matrix_bench)
