// The profile of instructions: exact counts by valgrind's callgrind, in which
// the program runs.
//
// callgrind writes a file for each phase that was measured
// (record/instruction_count.h). This reads and removes them.
#include <fcntl.h>
#include <limits.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/collectors/instructions/callgrind_dump.h"
#include "bench_profiler/collectors/instructions/context_stacks.h"
#include "bench_profiler/collectors/instructions/object_biases.h"
#include "bench_profiler/platform/callgrind.h"
#include "bench_profiler/platform/never_destroyed.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/record/instruction_count.h"

namespace bench_profiler {
namespace {

// The start of the names of callgrind's files; set by "bench_profiler count".
constexpr char kFiles[] = "BENCH_PROFILER_COUNT_FILES";

// A file in memory, read only. Empty if it cannot be read.
class MappedFile {
 public:
  explicit MappedFile(const char* path) {
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    struct stat status;
    if (fstat(file, &status) == 0 && status.st_size > 0) {
      void* memory = mmap(nullptr, static_cast<size_t>(status.st_size),
                          PROT_READ, MAP_PRIVATE, file, 0);
      if (memory != MAP_FAILED) {
        text_ = static_cast<const char*>(memory);
        size_ = static_cast<size_t>(status.st_size);
      }
    }
    close(file);
  }
  ~MappedFile() {
    if (text_ != nullptr) munmap(const_cast<char*>(text_), size_);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  const char* text() const { return text_; }
  size_t size() const { return size_; }

 private:
  const char* text_ = nullptr;
  size_t size_ = 0;
};

// Hands over what is in one file.
class DumpDrain {
 public:
  explicit DumpDrain(SampleSink* sink) : sink_(sink) {}

  Error Drain(const char* text, size_t size) {
    if (const Error error = dump_.Read(text, size)) return error;
    ObjectBiases objects;
    const size_t num_objects = dump_.objects().size();
    if (!objects.Read() || !biases_.Resize(num_objects)) {
      return Error::Format("no memory left");
    }
    for (size_t i = 0; i < num_objects; ++i) {
      biases_[i] = objects.Of(dump_.objects()[i]);
    }
    ContextStacks stacks(dump_, biases_);
    if (!stacks.Find()) return Error::Format("no memory left");
    for (const CallgrindCost& cost : dump_.costs()) Add(cost, stacks);
    return Error();
  }

 private:
  // What is left of a share goes to the first way, so that the sum stays.
  void Add(const CallgrindCost& cost, const ContextStacks& stacks) {
    addresses_[0] = cost.address + biases_[cost.object];
    if (sink_->Hides(addresses_[0])) return;  // our own code
    const ArrayView<ContextStack> ways = stacks.Of(cost.context);
    int64_t left = cost.count;
    for (size_t i = ways.size; i-- > 0 && left > 0;) {
      const auto share =
          static_cast<int64_t>(static_cast<double>(cost.count) * ways[i].share);
      const int64_t count = i == 0 || share > left ? left : share;
      left -= count;
      if (count > 0) AddWay(ways[i], stacks, count);
    }
  }

  void AddWay(const ContextStack& way, const ContextStacks& stacks,
              int64_t count) {
    StackView view;
    view.addresses = addresses_;
    view.depth = 1 + stacks.Addresses(way, addresses_ + 1, &view.truncated);
    SampleRow row;
    row.values[0] = row.samples = count;
    sink_->Add(view, dump_.request(), row);
  }

  SampleSink* sink_;
  CallgrindDump dump_;
  PageArray<uint64_t> biases_;  // by object
  uintptr_t addresses_[1 + ContextStacks::kMaxDepth];
};

class InstructionsCollector : public Collector, public ThreadObserver {
 public:
  Error Start(const CollectorOptions& options, Error*) override;
  void Stop() override;
  void Drain(SampleSink* sink) override;
  void ForgetInChild() override { Stop(); }
  const char* Description() const override { return description_; }
  const char* Warning() const override { return warning_; }
  int64_t Period() const override { return 1; }
  uint64_t Lost() const override { return lost_; }

  void OnThreadCreate() override {}
  void OnThreadStart(const NewThread&) override { OnCountedThreadStart(); }
  void OnThreadExit() override {}

 private:
  void DrainFile(uint32_t number, SampleSink* sink);

  pid_t owner_ = 0;
  const char* files_ = nullptr;
  uint32_t drained_ = 0;
  uint64_t lost_ = 0;  // files
  char description_[256] = "";
  char warning_[512] = "";
};

Error InstructionsCollector::Start(const CollectorOptions& options, Error*) {
  files_ = std::getenv(kFiles);
  if (files_ == nullptr || !RunsUnderValgrind()) {
    return Error::Format(
        "instructions are counted under valgrind only; run the program with "
        "\"bench_profiler count -- PROGRAM\"");
  }
  owner_ = getpid();
  std::snprintf(description_, sizeof(description_),
                "instructions: counted one by one in user mode, by valgrind's "
                "callgrind, in %lld iterations of benchmarks that do not set "
                "their own number; those of the profiler are left out",
                static_cast<long long>(options.rate));
  AddThreadObserver(this);
  StartCountingInstructions();
  return Error();
}

void InstructionsCollector::Stop() {
  StopCountingInstructions();
  RemoveThreadObserver(this);
}

// In a copy of the process, callgrind's files would have other names, and a run
// that was interrupted has no count.
void InstructionsCollector::Drain(SampleSink* sink) {
  if (getpid() != owner_) {
    AskCallgrind(CallgrindRequest::kStopInstrumentation);  // to be fast
    return;
  }
  const uint32_t files = DumpInstructions();
  while (drained_ < files) DrainFile(++drained_, sink);
}

void InstructionsCollector::DrainFile(uint32_t number, SampleSink* sink) {
  char path[PATH_MAX];
  std::snprintf(path, sizeof(path), "%s.%d.%u", files_,
                static_cast<int>(owner_), number);
  const MappedFile file(path);
  const Error error = DumpDrain(sink).Drain(file.text(), file.size());
  unlink(path);
  if (!error) return;
  ++lost_;
  std::snprintf(warning_, sizeof(warning_),
                "a file of callgrind's could not be read, so that some runs "
                "are missing: %.300s",
                error.message());
}

}  // namespace

Collector* TheInstructionsCollector() {
  static NeverDestroyed<InstructionsCollector> collector;
  return &*collector;
}

}  // namespace bench_profiler
