// Opens the file that is mapped in memory, whatever has happened to its path:
// "make" may have replaced or deleted it since, or the program may have changed
// its folder after dlopen("./plugin.so").
//
//   ElfFile file = OpenLoadedFile(module);
//   if (!file.elf()) ...   // gone, or another one has taken its place
#ifndef BENCH_PROFILER_SYMBOLIZE_LOADED_FILE_H_
#define BENCH_PROFILER_SYMBOLIZE_LOADED_FILE_H_

#include "bench_profiler/symbolize/elf_file.h"
#include "bench_profiler/symbolize/symbolizer.h"

namespace bench_profiler {

// Never opens a file with another build id than that of the module. If the
// module has no build id, opens the file that is mapped at its start, as /proc
// tells, or else the one at its path.
//
// Works for modules of this process and of the one that it was forked from,
// since a child has the same files mapped at the same addresses.
ElfFile OpenLoadedFile(const SymbolModule& module);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_LOADED_FILE_H_
