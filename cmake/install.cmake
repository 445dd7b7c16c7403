# What find_package(bench_profiler CONFIG) needs. Nothing in it is absolute: the
# installed tree may be moved.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(_bench_profiler_package "${CMAKE_INSTALL_LIBDIR}/cmake/bench_profiler")
set(_bench_profiler_data "${CMAKE_INSTALL_DATADIR}/bench_profiler")

# The exporter is no target for users: the core loads it from its own folder.
install(
  TARGETS bench_profiler bench_profiler_allocator_hooks bench_profiler_pprof
  EXPORT bench_profiler
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(TARGETS bench_profiler_export
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")

if(BENCH_PROFILER_BUILD_LAUNCHER)
  install(TARGETS bench_profiler_launcher bench_profiler_preload
          RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}"
          LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
  set(_bench_profiler_completion
      "${bench_profiler_SOURCE_DIR}/bench_profiler/command/completion")
  install(FILES "${_bench_profiler_completion}/bench_profiler"
          DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
  install(FILES "${_bench_profiler_completion}/_bench_profiler"
          DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
endif()

# The glue, which each user's build compiles, and the headers that it includes.
install(DIRECTORY "${bench_profiler_SOURCE_DIR}/integrations"
        DESTINATION "${_bench_profiler_data}"
        PATTERN preload EXCLUDE)
install(
  FILES "${bench_profiler_SOURCE_DIR}/bench_profiler/region.h"
        "${bench_profiler_SOURCE_DIR}/bench_profiler/allocations.h"
        "${bench_profiler_SOURCE_DIR}/bench_profiler/beast.h"
        "${bench_profiler_SOURCE_DIR}/bench_profiler/error.h"
        "${bench_profiler_SOURCE_DIR}/bench_profiler/heap_hooks.h"
        "${bench_profiler_SOURCE_DIR}/bench_profiler/http.h"
        "${bench_profiler_SOURCE_DIR}/bench_profiler/http_connection.h"
        "${bench_profiler_SOURCE_DIR}/bench_profiler/httplib.h"
        "${bench_profiler_SOURCE_DIR}/bench_profiler/labels.h"
        "${bench_profiler_SOURCE_DIR}/bench_profiler/pprof.h"
        "${bench_profiler_SOURCE_DIR}/bench_profiler/sink.h"
        "${bench_profiler_SOURCE_DIR}/bench_profiler/visibility.h"
        "${bench_profiler_SOURCE_DIR}/bench_profiler/hook_section.h"
        "${bench_profiler_SOURCE_DIR}/bench_profiler/program.h"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/bench_profiler")
install(
  FILES "${bench_profiler_SOURCE_DIR}/bench_profiler/record/raw_profile.h"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/bench_profiler/record")

install(
  EXPORT bench_profiler
  NAMESPACE bench_profiler::
  FILE bench_profilerTargets.cmake
  DESTINATION "${_bench_profiler_package}")
set(_bench_profiler_integrations "${_bench_profiler_data}/integrations")
configure_package_config_file(
  "${CMAKE_CURRENT_LIST_DIR}/bench_profilerConfig.cmake.in"
  "${bench_profiler_BINARY_DIR}/bench_profilerConfig.cmake"
  INSTALL_DESTINATION "${_bench_profiler_package}"
  PATH_VARS _bench_profiler_integrations)
write_basic_package_version_file(
  "${bench_profiler_BINARY_DIR}/bench_profilerConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(
  FILES "${CMAKE_CURRENT_LIST_DIR}/bench_profiler_enable.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/bench_profiler_discover.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/bench_profiler_compile_once.sh"
        "${CMAKE_CURRENT_LIST_DIR}/bench_profiler_frameworks.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/bench_profiler_link_closure.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/bench_profiler_ctest.cmake.in"
        "${bench_profiler_BINARY_DIR}/bench_profilerConfig.cmake"
        "${bench_profiler_BINARY_DIR}/bench_profilerConfigVersion.cmake"
  DESTINATION "${_bench_profiler_package}")
# The same for pkg-config: from its folder up to the prefix.
set(_bench_profiler_pkgconfig "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
file(RELATIVE_PATH _bench_profiler_prefix "/${_bench_profiler_pkgconfig}" "/")
string(REGEX REPLACE "/$" "" _bench_profiler_prefix "${_bench_profiler_prefix}")
set(_bench_profiler_wraps main)
get_property(_bench_profiler_sources GLOBAL PROPERTY BENCH_PROFILER_GLUE)
_bench_profiler_frameworks(_bench_profiler_frameworks)
foreach(_bench_profiler_framework IN LISTS _bench_profiler_frameworks)
  _bench_profiler_framework(${_bench_profiler_framework} WRAP _bench_profiler_more)
  list(APPEND _bench_profiler_wraps ${_bench_profiler_more})
  _bench_profiler_framework(${_bench_profiler_framework} GLUE _bench_profiler_more)
  list(APPEND _bench_profiler_sources ${_bench_profiler_more})
endforeach()
list(TRANSFORM _bench_profiler_wraps PREPEND "-Wl,--wrap=")
list(JOIN _bench_profiler_wraps " " _bench_profiler_wraps)
list(TRANSFORM _bench_profiler_sources PREPEND "\${integrations}/")
list(JOIN _bench_profiler_sources " " _bench_profiler_sources)
foreach(_bench_profiler_module bench_profiler bench_profiler_pprof)
  configure_file(
    "${CMAKE_CURRENT_LIST_DIR}/${_bench_profiler_module}.pc.in"
    "${bench_profiler_BINARY_DIR}/${_bench_profiler_module}.pc" @ONLY)
  install(FILES "${bench_profiler_BINARY_DIR}/${_bench_profiler_module}.pc"
          DESTINATION "${_bench_profiler_pkgconfig}")
endforeach()

file(RELATIVE_PATH _bench_profiler_package_from_data
     "/${_bench_profiler_data}" "/${_bench_profiler_package}")
configure_file("${CMAKE_CURRENT_LIST_DIR}/enable_all.cmake.in"
               "${bench_profiler_BINARY_DIR}/enable_all.cmake" @ONLY)
install(FILES "${bench_profiler_BINARY_DIR}/enable_all.cmake"
        DESTINATION "${_bench_profiler_data}")
install(FILES "${bench_profiler_SOURCE_DIR}/LICENSE"
        DESTINATION "${CMAKE_INSTALL_DOCDIR}")
