# _bench_profiler_link_closure(<target> <variable>)
#
#   _bench_profiler_link_closure(my_bench names)
#   # my_bench;my_library;benchmark::benchmark;/usr/lib/libz.so;...
#
# Sets <variable> to the names of all that <target> may link, directly or through
# others: targets, files, flags. Of a generator expression each word counts, in
# whatever configuration it would be there. "-static" is among the names if it is
# a link option without a condition.
function(_bench_profiler_link_closure target variable)
  set(names "")
  set(level ${target})
  while(level)
    set(next_level "")
    foreach(name IN LISTS level)
      if(DEFINED "_bench_profiler_seen_${name}")
        continue()
      endif()
      set("_bench_profiler_seen_${name}" ON)
      list(APPEND names "${name}")
      if(NOT TARGET "${name}")
        continue()
      endif()
      set(properties INTERFACE_LINK_LIBRARIES INTERFACE_LINK_OPTIONS)
      get_target_property(type "${name}" TYPE)
      if(NOT type STREQUAL "INTERFACE_LIBRARY")
        list(APPEND properties LINK_LIBRARIES LINK_OPTIONS LINK_FLAGS
             IMPORTED_LOCATION)
      endif()
      foreach(property IN LISTS properties)
        get_target_property(value "${name}" ${property})
        if(NOT value)
          continue()
        endif()
        string(REGEX MATCHALL "[A-Za-z0-9_+./-]+(::[A-Za-z0-9_+.-]+)*" words
                     "${value}")
        list(REMOVE_ITEM words -static -static-pie)
        if(value MATCHES "(^|[; ])-static(-pie)?($|[; ])")
          list(APPEND words -static)
        endif()
        list(APPEND next_level ${words})
      endforeach()
    endforeach()
    set(level "${next_level}")
  endwhile()
  list(REMOVE_ITEM names ${target})
  set(${variable} "${names}" PARENT_SCOPE)
endfunction()

# _bench_profiler_linked_frameworks(<target> <variable> <all_known>)
#
# Sets <variable> to the frameworks that <target> links, by the names of what it
# links, and <all_known> to whether these are all: not so if it links a target that
# cannot be seen from here, as one that a subdirectory imported.
function(_bench_profiler_linked_frameworks target variable all_known)
  _bench_profiler_link_closure(${target} names)
  set(found "")
  set(known TRUE)
  _bench_profiler_frameworks(frameworks)
  foreach(name IN LISTS names)
    string(TOLOWER "${name}" lower)
    set(is_framework FALSE)
    foreach(framework IN LISTS frameworks)
      _bench_profiler_framework(${framework} LIBRARY libraries)
      _bench_profiler_framework(${framework} LIBRARY_NAMESPACE namespaces)
      list(JOIN libraries "|" libraries)
      list(JOIN namespaces "|" namespaces)
      if(lower MATCHES "^(.*::|.*/)?(-l|lib)?(${libraries})(_main)?d?\
(\\.a|\\.so[.0-9]*)?$" OR (namespaces AND lower MATCHES "^(${namespaces})::"))
        list(APPEND found ${framework})
        set(is_framework TRUE)
      endif()
    endforeach()
    if(NOT is_framework AND name MATCHES "::" AND NOT TARGET "${name}"
       AND NOT name MATCHES "^Threads::")
      set(known FALSE)
    endif()
  endforeach()
  list(REMOVE_DUPLICATES found)
  set(${variable} "${found}" PARENT_SCOPE)
  set(${all_known} ${known} PARENT_SCOPE)
endfunction()
