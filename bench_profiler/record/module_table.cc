#include "bench_profiler/record/module_table.h"

#include <elf.h>
#include <link.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstring>

namespace bench_profiler {
namespace {

// Returns whether a segment is in memory, which is so if a loaded one contains
// it. A linker script or a tool may have made notes that are not loaded.
bool IsLoaded(const dl_phdr_info& info, const ElfW(Phdr) & segment) {
  for (int i = 0; i < info.dlpi_phnum; ++i) {
    const ElfW(Phdr)& loaded = info.dlpi_phdr[i];
    if (loaded.p_type != PT_LOAD || (loaded.p_flags & PF_R) == 0) continue;
    // If the segment starts before the loaded one, this wraps around and is
    // large.
    const ElfW(Addr) offset = segment.p_vaddr - loaded.p_vaddr;
    if (offset <= loaded.p_memsz &&
        segment.p_memsz <= loaded.p_memsz - offset) {
      return true;
    }
  }
  return false;
}

// Reads the build id of a loaded object from its notes in memory. See "Note
// Section" in elf(5): namesz, descsz, type, then name and descriptor, each
// padded to 4 bytes.
void ReadBuildId(const dl_phdr_info& info, Module* module) {
  for (int i = 0; i < info.dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info.dlpi_phdr[i];
    if (segment.p_type != PT_NOTE || !IsLoaded(info, segment)) continue;
    const char* at =
        reinterpret_cast<const char*>(info.dlpi_addr + segment.p_vaddr);
    const char* end = at + segment.p_memsz;
    while (static_cast<size_t>(end - at) >= sizeof(ElfW(Nhdr))) {
      const auto* note = reinterpret_cast<const ElfW(Nhdr)*>(at);
      const size_t name_size = (size_t{note->n_namesz} + 3) & ~size_t{3};
      const size_t id_size = (size_t{note->n_descsz} + 3) & ~size_t{3};
      const size_t room = static_cast<size_t>(end - at) - sizeof(*note);
      if (name_size > room || id_size > room - name_size) break;
      const char* name = at + sizeof(*note);
      if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 &&
          std::memcmp(name, "GNU", 4) == 0 &&
          note->n_descsz <= sizeof(module->build_id)) {
        module->build_id_size = note->n_descsz;
        std::memcpy(module->build_id, name + name_size, note->n_descsz);
        return;
      }
      at = name + name_size + id_size;
    }
  }
}

bool SameSegment(const Module& a, const Module& b) {
  return a.start == b.start && a.limit == b.limit && a.offset == b.offset &&
         a.bias == b.bias && a.build_id_size == b.build_id_size &&
         std::memcmp(a.build_id, b.build_id, a.build_id_size) == 0;
}

}  // namespace

void ModuleTable::Update() {
  changed_ = false;
  dl_iterate_phdr(VisitObject, this);
  if (!changed_) return;
  std::sort(loaded_.begin(), loaded_.end(), [this](uint32_t a, uint32_t b) {
    return rows_[a].start < rows_[b].start;
  });
}

int ModuleTable::VisitObject(dl_phdr_info* info, size_t, void* context) {
  auto* self = static_cast<ModuleTable*>(context);
  if (!self->changed_) {  // the first object of this call
    if (self->rows_.size() > 0 && self->adds_ == info->dlpi_adds &&
        self->subs_ == info->dlpi_subs) {
      return 1;
    }
    self->changed_ = true;
    self->adds_ = info->dlpi_adds;
    self->subs_ = info->dlpi_subs;
    self->loaded_.Resize(0);
  }
  self->AddObject(*info);
  return 0;
}

void ModuleTable::AddObject(const dl_phdr_info& info) {
  for (int i = 0; i < info.dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info.dlpi_phdr[i];
    if (segment.p_type == PT_LOAD && (segment.p_flags & PF_X) != 0) {
      AddSegment(info, segment);
    }
  }
}

void ModuleTable::AddSegment(const dl_phdr_info& info,
                             const ElfW(Phdr) & segment) {
  Module module;
  module.start = info.dlpi_addr + segment.p_vaddr;
  module.limit = module.start + segment.p_memsz;
  module.offset = segment.p_offset;
  module.bias = info.dlpi_addr;
  ReadBuildId(info, &module);
  const char* path = info.dlpi_name;
  if (path[0] == '\0') path = strings_->Get(ProgramPath());
  for (uint32_t row = 0; row < rows_.size(); ++row) {
    if (SameSegment(rows_[row], module) &&
        std::strcmp(strings_->Get(rows_[row].path), path) == 0) {
      loaded_.Append(row);
      return;
    }
  }
  module.path = strings_->Add(path);
  if (rows_.Append(module)) {
    loaded_.Append(static_cast<uint32_t>(rows_.size() - 1));
  }
}

// Read only once, so that the program stays one row even if its file is renamed
// or deleted.
StringOffset ModuleTable::ProgramPath() {
  if (program_path_ == 0) {
    char path[PATH_MAX];
    const ssize_t size = readlink("/proc/self/exe", path, sizeof(path) - 1);
    path[std::max<ssize_t>(size, 0)] = '\0';
    program_path_ = strings_->Add(path);
  }
  return program_path_;
}

uint32_t ModuleTable::Find(uint64_t address) const {
  const uint32_t* after = std::upper_bound(
      loaded_.begin(), loaded_.end(), address,
      [this](uint64_t a, uint32_t row) { return a < rows_[row].start; });
  if (after == loaded_.begin()) return kNoModule;
  const uint32_t row = *(after - 1);
  return address < rows_[row].limit ? row : kNoModule;
}

}  // namespace bench_profiler
