// Opens the file that is in memory, whatever has become of its path: "make"
// may have replaced or deleted it since, and a program may have changed its
// folder after dlopen("./plugin.so").
//
//   ElfFile file = OpenLoadedFile(module);
//   if (!file.elf()) ...   // gone, or another one has taken its place
#ifndef BENCH_PROFILER_SYMBOLIZE_LOADED_FILE_H_
#define BENCH_PROFILER_SYMBOLIZE_LOADED_FILE_H_

#include "bench_profiler/symbolize/elf_file.h"
#include "bench_profiler/symbolize/symbolizer.h"

namespace bench_profiler {

// Never a file whose build id differs from that of the module. Of a module
// without a build id, the file that is mapped at its start, as far as /proc
// tells; else the one at its path.
//
// Of this process, or of the one that it was forked from: a child has the same
// files mapped at the same addresses.
ElfFile OpenLoadedFile(const SymbolModule& module);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_LOADED_FILE_H_
