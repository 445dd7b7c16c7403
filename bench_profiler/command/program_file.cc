#include "bench_profiler/command/program_file.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

namespace bench_profiler {
namespace {

bool IsFile(const std::string& path, struct stat* status) {
  return stat(path.c_str(), status) == 0 && !S_ISDIR(status->st_mode);
}

bool CanExecute(const std::string& path) {
  struct stat status;
  return IsFile(path, &status) && access(path.c_str(), X_OK) == 0;
}

// Reads parts of a file, which may be shorter than its headers say.
class Content {
 public:
  explicit Content(const std::string& path) : file_(path, std::ios::binary) {}

  template <class T>
  bool Read(uint64_t offset, T* value) {
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(offset));
    file_.read(reinterpret_cast<char*>(value), sizeof(*value));
    return file_.good();
  }

  // Returns the text that begins at `offset` and ends before a null byte.
  std::string Text(uint64_t offset) {
    std::string text;
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(offset));
    std::getline(file_, text, '\0');
    return text;
  }

  std::string FirstLine() {
    std::string line;
    file_.clear();
    file_.seekg(0);
    std::getline(file_, line);
    return line;
  }

 private:
  std::ifstream file_;
};

// What the headers of an ELF file say. `machine` is 0 if it is not an ELF file.
struct Elf {
  unsigned char bits = 0;
  unsigned char byte_order = 0;
  unsigned machine = 0;
  std::string loader;  // "" if it is linked statically
  std::vector<std::string> libraries;
};

void ReadLibraries(Content* content, const std::vector<ElfW(Phdr)>& segments,
                   const ElfW(Phdr) & dynamic, Elf* elf) {
  uint64_t names = 0;
  std::vector<uint64_t> needed;
  for (uint64_t at = 0; at < dynamic.p_filesz; at += sizeof(ElfW(Dyn))) {
    ElfW(Dyn) entry;
    if (!content->Read(dynamic.p_offset + at, &entry)) return;
    if (entry.d_tag == DT_NEEDED) needed.push_back(entry.d_un.d_val);
    if (entry.d_tag == DT_STRTAB) names = entry.d_un.d_ptr;
  }
  for (const auto& segment : segments) {
    if (segment.p_type != PT_LOAD || names < segment.p_vaddr ||
        names - segment.p_vaddr >= segment.p_filesz) {
      continue;
    }
    for (const uint64_t name : needed) {
      elf->libraries.push_back(
          content->Text(names - segment.p_vaddr + segment.p_offset + name));
    }
  }
}

Elf ReadElf(const std::string& path) {
  Elf elf;
  Content content(path);
  ElfW(Ehdr) header = {};
  content.Read(0, &header.e_ident);
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return elf;
  // The machine is at the same place in files of 32 and of 64 bits.
  content.Read(offsetof(ElfW(Ehdr), e_machine), &header.e_machine);
  elf.bits = header.e_ident[EI_CLASS];
  elf.byte_order = header.e_ident[EI_DATA];
  elf.machine = header.e_machine;
  if (!content.Read(0, &header)) return elf;
  std::vector<ElfW(Phdr)> segments(header.e_phnum);
  for (size_t i = 0; i < segments.size(); ++i) {
    if (!content.Read(header.e_phoff + i * sizeof(ElfW(Phdr)), &segments[i])) {
      return elf;
    }
    if (segments[i].p_type == PT_INTERP) {
      elf.loader = content.Text(segments[i].p_offset);
    }
  }
  for (const auto& segment : segments) {
    if (segment.p_type == PT_DYNAMIC) {
      ReadLibraries(&content, segments, segment, &elf);
    }
  }
  return elf;
}

std::string BaseName(const std::string& path) {
  return path.substr(path.find_last_of('/') + 1);
}

// Returns why the loader would ignore LD_PRELOAD for this program (AT_SECURE in
// getauxval(3)), or "".
std::string WhyPrivileged(const std::string& path) {
  struct stat status;
  if (!IsFile(path, &status)) return "";
  const bool sets_user =
      (status.st_mode & S_ISUID) != 0 && status.st_uid != geteuid();
  const bool sets_group =
      (status.st_mode & S_ISGID) != 0 && status.st_gid != getegid();
  if (sets_user || sets_group) {
    return std::string("runs as another ") + (sets_user ? "user" : "group") +
           " (set" + (sets_user ? "u" : "g") + "id)";
  }
  if (geteuid() != 0 &&
      getxattr(path.c_str(), "security.capability", nullptr, 0) > 0) {
    return "has capabilities of its own (setcap)";
  }
  return "";
}

std::string Interpreter(const std::string& path) {
  const std::string line = Content(path).FirstLine();
  if (line.compare(0, 2, "#!") != 0) return "";
  std::istringstream words(line.substr(2));
  std::string interpreter;
  words >> interpreter;
  return interpreter;
}

// Returns why our library cannot be loaded into the program, or "".
std::string WhyForeign(const Elf& elf) {
  const Elf own = ReadElf("/proc/self/exe");
  if (elf.machine == 0) {
    return "is neither a program nor a script that starts with #!";
  }
  if (elf.bits != own.bits || elf.byte_order != own.byte_order ||
      elf.machine != own.machine) {
    return "is built for another architecture than bench_profiler";
  }
  if (elf.loader.empty()) {
    return "is linked statically, and nothing can be preloaded into it; link "
           "it dynamically, or build it with bench_profiler_enable";
  }
  if (BaseName(elf.loader) != BaseName(own.loader)) {
    return "needs the loader " + elf.loader +
           ", and bench_profiler is for programs of glibc's, " + own.loader;
  }
  return "";
}

bool IsSanitizer(const std::string& library) {
  for (const char* name :
       {"libasan.so", "libtsan.so", "liblsan.so", "libhwasan.so",
        "libclang_rt.asan", "libclang_rt.tsan"}) {
    if (library.compare(0, std::strlen(name), name) == 0) return true;
  }
  return false;
}

}  // namespace

bool FindProgram(const std::string& name, std::string* path) {
  struct stat status;
  if (name.find('/') != std::string::npos) {
    *path = name;
    return stat(name.c_str(), &status) == 0;
  }
  const char* variable = std::getenv("PATH");
  std::istringstream folders(variable == nullptr ? "/bin:/usr/bin" : variable);
  path->clear();
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string candidate = (folder.empty() ? "." : folder) + "/" + name;
    if (name.empty() || !IsFile(candidate, &status)) continue;
    const bool good = CanExecute(candidate);
    if (good || path->empty()) *path = candidate;
    if (good) break;
  }
  return !path->empty();
}

bool CheckPreloadable(ProgramFile* program, std::string* error) {
  // An interpreter may be a script, too. The kernel follows this many.
  constexpr int kMaxInterpreters = 5;
  std::string path = program->path;
  for (int i = 0; i <= kMaxInterpreters; ++i) {
    if (!CanExecute(path)) {
      struct stat status;
      const bool is_folder =
          stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
      *error = path + " cannot be executed: " +
               std::strerror(is_folder ? EISDIR : errno);
      return false;
    }
    const std::string interpreter = Interpreter(path);
    if (interpreter.empty()) break;
    path = interpreter;
  }
  const Elf elf = ReadElf(path);
  std::string problem = WhyPrivileged(path);
  if (!problem.empty()) {
    problem += ": the loader preloads nothing then; profile a copy of it";
  } else {
    problem = WhyForeign(elf);
  }
  for (const std::string& library : elf.libraries) {
    if (IsSanitizer(library)) program->sanitizer = library;
  }
  if (!problem.empty()) *error = path + " " + problem;
  return problem.empty();
}

}  // namespace bench_profiler
