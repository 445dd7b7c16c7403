# Libraries of the exporter. The core needs none but libc and libstdc++.
#
# Only the build of bench_profiler needs the development packages: on Debian
#   libdw-dev libprotobuf-dev protobuf-compiler zlib1g-dev nlohmann-json3-dev
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
