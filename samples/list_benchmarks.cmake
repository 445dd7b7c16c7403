# Prints "FILE<tab>SAMPLES<tab>NAME" for each profile that an index.json lists.
#
#   cmake -DINDEX=cpu.prof.d/index.json -P list_benchmarks.cmake
file(READ "${INDEX}" index)
string(JSON count LENGTH "${index}" benchmarks)
set(i 0)
while(i LESS count)
  foreach(field file samples name)
    string(JSON ${field} GET "${index}" benchmarks ${i} ${field})
  endforeach()
  if(file)
    execute_process(COMMAND ${CMAKE_COMMAND} -E echo
                            "${file}\t${samples}\t${name}")
  endif()
  math(EXPR i "${i} + 1")
endwhile()
