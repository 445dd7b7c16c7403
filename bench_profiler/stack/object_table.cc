// There are two copies of the table: one is read while the other one is
// written, as in glibc's own _dl_find_object (elf/dl-find_object.c). If a
// reader is so slow that its copy may have been written meanwhile, the number
// of updates tells, and it starts again.
//
// - A signal handler waits for nothing. Even if it has interrupted an update,
//   this update does not go on before the handler returns, so the copy that the
//   handler reads does not change.
// - A forked child has the copies as they were at the fork. If another thread
//   was in the middle of an update then, the child cannot update any more, and
//   uses the table as it is.
// - A copy that has become too small is replaced by one of twice the size. It
//   stays mapped, since somebody may be reading it. All replaced copies
//   together take no more memory than the last one.
#include "bench_profiler/stack/object_table.h"

#include <link.h>
#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cstddef>

#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/stack/stack_memory.h"

namespace bench_profiler {
namespace {

struct Object {
  uintptr_t begin;
  uintptr_t end;
  uintptr_t header;  // .eh_frame_hdr, or 0
  // The first words of the header: where .eh_frame is, and the number of
  // functions. If other words are found there later, another library is mapped
  // there.
  uintptr_t words[2];
};

// An object is written word by word while others may read it, and they notice:
// a reader that sees a word of a later update also sees that the number of
// updates has grown. Release and acquire guarantee that.
class SharedObject {
 public:
  void Set(const Object& object) {
    begin_.store(object.begin, std::memory_order_release);
    end_.store(object.end, std::memory_order_release);
    header_.store(object.header, std::memory_order_release);
    words_[0].store(object.words[0], std::memory_order_release);
    words_[1].store(object.words[1], std::memory_order_release);
  }
  Object Get() const {
    return {begin(),
            end_.load(std::memory_order_acquire),
            header_.load(std::memory_order_acquire),
            {words_[0].load(std::memory_order_acquire),
             words_[1].load(std::memory_order_acquire)}};
  }
  uintptr_t begin() const { return begin_.load(std::memory_order_acquire); }

 private:
  std::atomic<uintptr_t> begin_;
  std::atomic<uintptr_t> end_;
  std::atomic<uintptr_t> header_;
  std::atomic<uintptr_t> words_[2];
};

struct Table {
  std::atomic<size_t> size;
  size_t capacity;
  SharedObject objects[1];  // there are `capacity` of them
};

std::atomic<Table*> tables[2];
std::atomic<uint64_t> updates{0};   // tables[updates % 2] is to be read
std::atomic<bool> updating{false};  // by one thread at a time
std::atomic<uint64_t> noted{0};     // the count of dl_iterate_phdr then

// The header has at least twelve bytes, so the two words overlap.
constexpr size_t kWordDistance = 4;

Object Describe(const dl_phdr_info& info) {
  Object object = {};
  object.begin = UINTPTR_MAX;
  for (int i = 0; i < info.dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info.dlpi_phdr[i];
    const uintptr_t start = info.dlpi_addr + segment.p_vaddr;
    if (segment.p_type == PT_LOAD) {
      object.begin = std::min(object.begin, start);
      object.end = std::max(object.end, start + segment.p_memsz);
    } else if (segment.p_type == PT_GNU_EH_FRAME &&
               segment.p_memsz >= kWordDistance + sizeof(uintptr_t)) {
      object.header = start;
    }
  }
  if (object.header != 0) {
    object.words[0] = StackMemory::Load(object.header);
    object.words[1] = StackMemory::Load(object.header + kWordDistance);
  }
  return object;
}

struct Listing {
  PageArray<Object> objects;
  uint64_t counted = 0;  // grows with each dlopen and each dlclose
};

int Visit(dl_phdr_info* info, size_t, void* context) {
  auto* listing = static_cast<Listing*>(context);
  listing->counted = info->dlpi_adds + info->dlpi_subs;
  if (listing->counted == noted.load()) return 1;
  const Object object = Describe(*info);
  return object.begin < object.end && !listing->objects.Append(object) ? 1 : 0;
}

// The copy that nobody should be reading now, with room for `size` objects.
Table* Spare(size_t size) {
  std::atomic<Table*>& spare = tables[(updates.load() + 1) % 2];
  Table* table = spare.load();
  if (table != nullptr && table->capacity >= size) return table;
  const size_t capacity = std::max<size_t>(64, 2 * size);
  void* memory =
      mmap(nullptr, sizeof(Table) + capacity * sizeof(SharedObject),
           PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  table = static_cast<Table*>(memory);
  table->capacity = capacity;
  spare.store(table);
  return table;
}

void Publish(const Listing& listing) {
  Table* table = Spare(listing.objects.size());
  if (table == nullptr) return;
  for (size_t i = 0; i < listing.objects.size(); ++i) {
    table->objects[i].Set(listing.objects[i]);
  }
  table->size.store(listing.objects.size(), std::memory_order_release);
  noted.store(listing.counted);
  updates.fetch_add(1);
}

// Searches the current copy. Returns false if it may have changed meanwhile.
bool Look(uintptr_t address, bool* found, Object* object) {
  *found = false;
  const uint64_t before = updates.load(std::memory_order_acquire);
  const Table* table = tables[before % 2].load(std::memory_order_acquire);
  if (table == nullptr) return true;
  // The last object that begins at or before the address.
  size_t low = 0;
  size_t high =
      std::min(table->size.load(std::memory_order_acquire), table->capacity);
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (table->objects[middle].begin() <= address) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low > 0) {
    *object = table->objects[low - 1].Get();
    *found = address < object->end;
  }
  return updates.load(std::memory_order_relaxed) == before;
}

// Returns whether the object is still there. Looking at its header is enough,
// since an object is unmapped as a whole. Makes at most two system calls.
bool IsStillLoaded(const Object& object) {
  StackMemory memory{StackBounds{}};
  for (size_t i = 0; i < 2; ++i) {
    uintptr_t word;
    if (!memory.Read(object.header + i * kWordDistance, &word) ||
        word != object.words[i]) {
      return false;
    }
  }
  return true;
}

}  // namespace

void UpdateObjectTable() {
  // The loader's lock is given back before `updating` is taken, so that a
  // thread which holds it already can call this, too.
  Listing listing;
  dl_iterate_phdr(Visit, &listing);
  if (listing.objects.size() == 0) return;
  std::sort(listing.objects.begin(), listing.objects.end(),
            [](const Object& a, const Object& b) { return a.begin < b.begin; });
  // If another thread is here, it does the work, or the next update does.
  if (updating.exchange(true)) return;
  if (listing.counted > noted.load()) Publish(listing);
  updating.store(false);
}

bool FindInObjectTable(uintptr_t address, UnwindTables* tables_of_object) {
  // Looking again is only needed if another thread has made an update
  // meanwhile.
  constexpr int kTries = 8;
  bool found = false;
  bool settled = false;
  Object object = {};
  for (int i = 0; i < kTries && !settled; ++i) {
    settled = Look(address, &found, &object);
  }
  if (!settled || !found) return false;
  if (object.header != 0 && !IsStillLoaded(object)) return false;
  tables_of_object->header = reinterpret_cast<const uint8_t*>(object.header);
  tables_of_object->begin = reinterpret_cast<const uint8_t*>(object.begin);
  tables_of_object->end = reinterpret_cast<const uint8_t*>(object.end);
  return true;
}

}  // namespace bench_profiler
