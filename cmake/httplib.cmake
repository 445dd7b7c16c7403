# _bench_profiler_find_httplib(<variable>)
#
# Sets <variable> to the target of cpp-httplib, or to "" if it is not here. Its own
# installation has a package for CMake; that of Debian has one for pkg-config, with
# definitions that all who include the header need.
function(_bench_profiler_find_httplib variable)
  set(${variable} "" PARENT_SCOPE)
  find_package(httplib CONFIG QUIET)
  if(TARGET httplib::httplib)
    set(${variable} httplib::httplib PARENT_SCOPE)
    return()
  endif()
  find_package(PkgConfig QUIET)
  if(PKG_CONFIG_FOUND)
    pkg_check_modules(HTTPLIB QUIET IMPORTED_TARGET cpp-httplib)
    if(HTTPLIB_FOUND)
      set(${variable} PkgConfig::HTTPLIB PARENT_SCOPE)
    endif()
  endif()
endfunction()
