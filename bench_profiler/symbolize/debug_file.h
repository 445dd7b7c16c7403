// Finds and opens the ELF file of a module, and its debug information.
//
//   ObjectFile file(module);
//   if (Dwarf* dwarf = file.dwarf()) ...   // may come from another file
//   ElfSymbols symbols({file.elf(), file.debug_elf()});
//
// Debug information is taken from the file itself, else from
//   /usr/lib/debug/.build-id/ab/cdef.debug  (by build id), else from the name
//   in .gnu_debuglink: beside the file, in .debug/ there, in
//   /usr/lib/debug/DIRECTORY-OF-THE-FILE/
// as GDB's manual says in "Debugging Information in Separate Files". Nothing is
// ever looked up on the network, since a benchmark must not wait for a server.
#ifndef BENCH_PROFILER_SYMBOLIZE_DEBUG_FILE_H_
#define BENCH_PROFILER_SYMBOLIZE_DEBUG_FILE_H_

#include <elfutils/libdw.h>
#include <libelf.h>

#include <cstdint>
#include <string>

#include "bench_profiler/symbolize/elf_file.h"
#include "bench_profiler/symbolize/symbolizer.h"

namespace bench_profiler {

// The file from which a module was loaded (loaded_file.h), and its debug
// information. Pointers are valid as long as the object lives.
class ObjectFile {
 public:
  // `debug_root` replaces /usr/lib/debug, for tests.
  explicit ObjectFile(const SymbolModule& module,
                      const std::string& debug_root = "/usr/lib/debug");
  ~ObjectFile();
  ObjectFile(const ObjectFile&) = delete;
  ObjectFile& operator=(const ObjectFile&) = delete;

  // Null if it cannot be found any more.
  Elf* elf() const { return file_.elf(); }
  // The separate debug file, or null.
  Elf* debug_elf() const { return debug_file_.elf(); }
  // Null if there is no debug information.
  Dwarf* dwarf() const { return dwarf_; }
  // The lowest address of code in the file. Debug information with addresses
  // below is of functions that the linker dropped: it was relocated to 0.
  uint64_t TextStart() const;

 private:
  bool UseDebugFile(ElfFile file);
  void FindDebugFile(const std::string& path, const std::string& debug_root);

  ElfFile file_;
  ElfFile debug_file_;
  Dwarf* dwarf_ = nullptr;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_DEBUG_FILE_H_
