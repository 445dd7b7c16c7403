# Libraries of the exporter. The core needs none but libc and libstdc++.
#
# Only the build of bench_profiler needs the development packages: on Debian
#   libdw-dev libprotobuf-dev protobuf-compiler zlib1g-dev nlohmann-json3-dev
#   libre2-dev, of which only the command bench_profiler makes use
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
# Parts of libc itself since glibc 2.34. rt has timer_create.
set(BENCH_PROFILER_CORE_LIBRARIES Threads::Threads ${CMAKE_DL_LIBS} rt)
find_package(Protobuf REQUIRED)
find_package(ZLIB REQUIRED)
find_package(nlohmann_json REQUIRED)

find_path(LIBDW_INCLUDE_DIR elfutils/libdw.h)
find_library(LIBDW_LIBRARY dw)
find_library(LIBELF_LIBRARY elf)
if(NOT LIBDW_INCLUDE_DIR OR NOT LIBDW_LIBRARY OR NOT LIBELF_LIBRARY)
  message(FATAL_ERROR "bench_profiler: libdw of elfutils was not found; "
                      "on Debian and Ubuntu: apt-get install libdw-dev")
endif()

# The command's regular expressions. Its package has files for CMake on newer
# distributions only.
if(BENCH_PROFILER_BUILD_LAUNCHER OR BENCH_PROFILER_BUILD_TESTS)
  find_path(RE2_INCLUDE_DIR re2/re2.h)
  find_library(RE2_LIBRARY re2)
  if(NOT RE2_INCLUDE_DIR OR NOT RE2_LIBRARY)
    message(FATAL_ERROR "bench_profiler: RE2 was not found; on Debian and "
                        "Ubuntu: apt-get install libre2-dev, or build without "
                        "the command: -DBENCH_PROFILER_BUILD_LAUNCHER=OFF")
  endif()
endif()
