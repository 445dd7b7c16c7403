// Replaces one virtual function of one object.
//
//   using Run = void (*)(Benchmark*, State&);
//   VirtualHook<Run>::Install(object, &Benchmark::Run, &MyRun);
//   // in MyRun(Benchmark* self, State& state):
//   VirtualHook<Run>::Original(self)(self, state);
//   VirtualHook<Run>::Remove(object);
//
// This is for objects that the framework or the user made, so that their class
// cannot be changed. The object gets a copy of its vtable, in which one entry
// is changed. Everything else about the object, from its fields to its dynamic
// type, stays as it is, which would not be so with a proxy object. Relies on
// the Itanium C++ ABI (sections 2.3 and 2.5), which both g++ and clang++ use on
// Linux. Not thread-safe. The copies are never freed, but used again.
//
// Install must be called by a BENCH_PROFILER_WORK function, which keeps what it
// calls out of profiles. Original and Remove are inlined into the replacement
// function, which calls them itself.
#ifndef BENCH_PROFILER_INTEGRATIONS_COMMON_VIRTUAL_HOOK_H_
#define BENCH_PROFILER_INTEGRATIONS_COMMON_VIRTUAL_HOOK_H_

#include <link.h>
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace bench_profiler {

template <class Function>
class VirtualHook {
 public:
  // `member` must name a virtual function of Class without overloads. Does
  // nothing if the object has this hook already, or no memory is left.
  template <class Class, class Member>
  static void Install(Class* object, Member member, Function replacement) {
    void*** vtable_field = reinterpret_cast<void***>(object);
    void** vtable = *vtable_field;
    const size_t slot = SlotOf(member);
    for (Copy* copy = copies; copy != nullptr; copy = copy->next) {
      if (vtable == copy->Vtable()) return;
      if (vtable == copy->original) {
        *vtable_field = copy->Vtable();
        return;
      }
    }
    Copy* copy = MakeCopy(vtable);
    if (copy == nullptr) return;
    std::memcpy(&copy->function, &vtable[slot], sizeof(copy->function));
    std::memcpy(&copy->Vtable()[slot], &replacement, sizeof(replacement));
    *vtable_field = copy->Vtable();
  }

  // Undoes Install.
  template <class Class>
  __attribute__((always_inline)) static inline void Remove(Class* object) {
    void*** vtable_field = reinterpret_cast<void***>(object);
    for (Copy** link = &copies; *link != nullptr; link = &(*link)->next) {
      Copy* copy = *link;
      if (*vtable_field != copy->Vtable()) continue;
      *vtable_field = copy->original;
      *link = copy->next;
      copy->next = removed;
      removed = copy;
      return;
    }
  }

  // Returns the function of this object that Install replaced.
  template <class Class>
  __attribute__((always_inline)) static inline Function Original(
      Class* object) {
    void** vtable = *reinterpret_cast<void***>(object);
    return reinterpret_cast<Copy*>(vtable - kBefore - kHeader)->function;
  }

 private:
  // How many entries are copied before the address point (offset to top, type,
  // virtual bases) and after it (functions). A vtable does not tell its size.
  static constexpr size_t kBefore = 32;
  static constexpr size_t kAfter = 400;
  static constexpr size_t kHeader = 4;

  struct Copy {
    void** original;
    Function function;
    Copy* next;
    void* unused;
    void* entries[kBefore + kAfter];

    void** Vtable() { return entries + kBefore; }
  };
  static_assert(offsetof(Copy, entries) == kHeader * sizeof(void*), "");

  template <class Member>
  static size_t SlotOf(Member member) {
    // The first word of a pointer to a virtual member function is the offset of
    // the function in the vtable. On some processors 1 is added to it (section
    // 2.3 of the ABI).
    uintptr_t words[2];
    static_assert(sizeof(member) == sizeof(words), "");
    std::memcpy(words, &member, sizeof(words));
    return (words[0] & ~uintptr_t{1}) / sizeof(void*);
  }

  struct Bounds {
    uintptr_t address;
    uintptr_t start;
    uintptr_t limit;
  };

  static int FindSegment(dl_phdr_info* info, size_t, void* context) {
    Bounds* bounds = static_cast<Bounds*>(context);
    for (int i = 0; i < info->dlpi_phnum; ++i) {
      const uintptr_t start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
      const uintptr_t limit = start + info->dlpi_phdr[i].p_memsz;
      if (info->dlpi_phdr[i].p_type == PT_LOAD && start <= bounds->address &&
          bounds->address < limit) {
        bounds->start = start;
        bounds->limit = limit;
        return 1;
      }
    }
    return 0;
  }

  static Copy* NewCopy() {
    if (removed != nullptr) {
      Copy* copy = removed;
      removed = copy->next;
      return copy;
    }
    void* memory = mmap(nullptr, sizeof(Copy), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? nullptr : static_cast<Copy*>(memory);
  }

  // Where the vtable is shorter, the copy gets whatever lies before and behind
  // it in its segment. Nobody uses these entries.
  __attribute__((no_sanitize("address"))) static Copy* MakeCopy(void** vtable) {
    Bounds bounds = {reinterpret_cast<uintptr_t>(vtable), 0, 0};
    if (dl_iterate_phdr(FindSegment, &bounds) == 0) return nullptr;
    Copy* copy = NewCopy();
    if (copy == nullptr) return nullptr;
    copy->original = vtable;
    for (size_t i = 0; i < kBefore + kAfter; ++i) {
      void** entry = vtable - kBefore + i;
      const uintptr_t address = reinterpret_cast<uintptr_t>(entry);
      if (address >= bounds.start && address + sizeof(void*) <= bounds.limit) {
        copy->entries[i] = *entry;
      }
    }
    copy->next = copies;
    copies = copy;
    return copy;
  }

  static Copy* copies;
  static Copy* removed;
};

template <class Function>
typename VirtualHook<Function>::Copy* VirtualHook<Function>::copies = nullptr;
template <class Function>
typename VirtualHook<Function>::Copy* VirtualHook<Function>::removed = nullptr;

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_COMMON_VIRTUAL_HOOK_H_
