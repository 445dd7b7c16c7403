// Everything that is known of one profiled run, as plain arrays of addresses
// and numbers.
//
// The core (libbench_profiler.so) fills it without ever calling malloc; the
// exporter (libbench_profiler_export.so) turns it into profiles with function
// names and writes the files. The exporter lives in a linker namespace of its
// own (see exporter.h), with its own libc and libstdc++, so nothing here owns
// memory and nothing here is a standard container: views, offsets and C strings
// only. All of it is read-only for the exporter and must stay unchanged while
// the exporter runs.
#ifndef BENCH_PROFILER_RECORD_RAW_PROFILE_H_
#define BENCH_PROFILER_RECORD_RAW_PROFILE_H_

#include <cstddef>
#include <cstdint>

namespace bench_profiler {

// A read-only view of `size` elements that somebody else owns.
template <class T>
struct ArrayView {
  const T* data = nullptr;
  size_t size = 0;

  const T* begin() const { return data; }
  const T* end() const { return data + size; }
  const T& operator[](size_t i) const { return data[i]; }
};

// Offset of a NUL-terminated string in RawProfile::strings. 0 is "".
using StringOffset = uint32_t;

// One executable segment of a program or library that was mapped at some time
// during the run. Segments of libraries that were closed again are kept, so two
// rows may overlap in memory.
struct Module {
  uint64_t start = 0;   // first address of the segment in memory
  uint64_t limit = 0;   // one past the last
  uint64_t offset = 0;  // file offset of `start`
  uint64_t bias = 0;    // address in memory minus address in the ELF file
  StringOffset path = 0;
  uint32_t build_id_size = 0;  // bytes used of build_id, 0 if it has none
  uint8_t build_id[32] = {};
};
inline constexpr uint32_t kNoModule = UINT32_MAX;

// A frame of the calling context tree. A stack is the index of its innermost
// frame; following `parent` leads to the root, which is node 0 and no frame.
// `address` is the address to look up: the interrupted instruction for a leaf,
// the return address minus one for a caller.
struct StackNode {
  uint64_t address = 0;
  uint32_t parent = 0;
  uint32_t module = kNoModule;  // index into RawProfile::modules
};
// The address of the one frame that stands for the cut-off root end of a stack
// that was too deep.
inline constexpr uint64_t kTruncatedAddress = 1;
// Addresses of leaves that stand for CPU time of which no sample was taken,
// because the thread ended before its first tick, or because it could not be
// sampled. Their caller is the thread's function.
inline constexpr uint64_t kShortThreadsAddress = 2;
inline constexpr uint64_t kUnsampledThreadAddress = 3;
// The only frame of a thread that was asked for its stack and did not answer.
inline constexpr uint64_t kNoAnswerAddress = 4;

// A phase of a region: its index in RawProfile::phases, and whether the region
// is measured in it. Phase 0 is that of everything outside of regions.
class Phase {
 public:
  constexpr Phase() = default;
  constexpr Phase(uint8_t index, bool is_measured)
      : bits_(static_cast<uint8_t>(index << 1 | (is_measured ? 1 : 0))) {}

  // Converted to one byte and back, for the words that signal handlers read.
  static constexpr Phase FromByte(uint8_t byte) {
    return Phase(byte >> 1, (byte & 1) != 0);
  }
  constexpr uint8_t byte() const { return bits_; }

  constexpr size_t index() const { return bits_ >> 1; }
  constexpr bool is_measured() const { return (bits_ & 1) != 0; }

  friend constexpr bool operator==(Phase a, Phase b) {
    return a.bits_ == b.bits_;
  }
  friend constexpr bool operator!=(Phase a, Phase b) { return !(a == b); }

 private:
  uint8_t bits_ = 0;
};

// What a framework calls a kind of region, such as its benchmarks or its tests.
// Must live as long as the process.
struct RegionKind {
  const char* label = "";        // key of the label with its name; "": none
  const char* group_label = "";  // the same for its group: "suite"
  const char* run_label = "";    // for the number of a measured run
  // The phase of runs that turn out not to be measured: "calibration".
  const char* trial_phase = "";
  // Each region has a profile of its own, with what its measured phases cost.
  bool has_file = false;
  // In that profile samples also have the phase as a label.
  bool has_several_measured_phases = false;
  // It is not run for its time, so that few samples are not worth a remark.
  bool may_be_short = false;
  // Its result has the CPU time of its measured phases, with which the profile
  // can be compared.
  bool reports_cpu_time = false;
  // The flag that gives it more samples.
  const char* how_to_run_longer = "";
  // A question that names why the profiler may not see the measured phase of
  // one.
  const char* why_unseen = "";
  // What to ask the user if a result has more CPU time than the profile.
  const char* if_it_reports_more = "";
};

// One benchmark instance (family, arguments, threads), test, test suite, or all
// the environments of tests.
struct RegionRow {
  const RegionKind* kind = nullptr;
  StringOffset name = 0;    // the full name that the framework prints
  StringOffset group = 0;   // of tests: their suite
  bool reported = false;    // the framework has published its result
  bool hooked = true;       // false: its loop could not be observed
  int64_t iterations = 0;   // of the measured runs, as the framework counts
  int32_t repetitions = 0;  // measured runs
  int32_t threads = 1;
  double cpu_seconds = -1;  // as the framework reports; negative: unknown
  double real_seconds = -1;
};

// A label that the program has set (labels.h). Lives as long as the process.
struct UserLabel {
  const char* key = "";
  const char* value = "";
};
using LabelSet = ArrayView<UserLabel>;

// The thread that samples are of, for kinds that tell of it.
struct ThreadNote {
  int32_t tid = 0;         // 0: not told
  char name[16] = "";      // as the kernel knows it
  const char* state = "";  // "running" or the name of the system call that it
                           // waits in; lives as long as the process
};

// One run of a region: a call of a benchmark function with an iteration count,
// on all of its threads, or one iteration of a test. Row 0 stands for
// everything outside of regions.
struct RunRow {
  uint32_t region = 0;      // index into RawProfile::regions
  int32_t repetition = -1;  // 0... of a measured run; -1: calibration, warm-up
                            // or an extra run for a manager of the user's
  bool has_region = false;
  int64_t start_nanos = 0;  // since the epoch; 0: unknown
  // What the framework tells of a measured run, and what was counted in it.
  // Negative: unknown.
  int64_t iterations = -1;
  double cpu_seconds = -1;
  double real_seconds = -1;
  int64_t allocations = -1;
  int64_t allocated_bytes = -1;
};

inline constexpr size_t kMaxSampleValues = 4;

// The sum of the samples that have all of the first fields in common.
struct SampleRow {
  uint32_t stack = 0;   // index into RawProfile::stacks
  uint32_t run = 0;     // index into RawProfile::runs
  uint16_t thread = 0;  // thread index within the region, see kHelperThread
  Phase phase;
  uint32_t labels = 0;  // index into RawProfile::label_sets; 0: none
  uint32_t note = 0;    // index into RawProfile::thread_notes; 0: none
  uint64_t size = 0;    // numeric label "bytes" of heap samples; 0: none
  // For kinds with ProfileType::unsample: the rate at which the samples were
  // drawn, as Collector::Period() was then.
  int64_t rate = 0;
  int64_t values[kMaxSampleValues] = {};
  int64_t samples = 0;  // how many were added up
};
// The value of `thread` for a thread that did not enter the region: the region
// started it, or it was there before.
inline constexpr uint16_t kHelperThread = UINT16_MAX;

struct ValueType {
  const char* type = "";
  const char* unit = "";
};

// Which text form of Go's runtime/pprof a profile has. It is for people, and
// for tools that read nothing else.
enum class TextForm : uint8_t {
  kCount,    // "myapp.files profile: total 3": of the first value
  kHeap,     // "heap profile: 1: 64 [2: 128] @ heap/2": of four values
  kBlock,    // "--- contention:": of two values
  kMutex,    // "--- mutex:": the same of locks
  kThreads,  // as kCount, and with debug=2 "goroutine 7 [running]:" of each
  kNone,
};

// What all profiles of a kind have in common.
struct ProfileType {
  const char* name = "";  // "cpu"
  ValueType value_types[kMaxSampleValues];
  size_t num_value_types = 0;
  // In the profile of a region, so many of the first values count in its
  // measured phases only. The others, such as memory in use, count in all
  // phases.
  size_t num_measured_values = kMaxSampleValues;
  const char* default_value_type = "";         // in the whole-run file
  const char* default_region_value_type = "";  // in the files of regions
  ValueType period_type;
  TextForm text_form = TextForm::kCount;
  // Turns the values of rows that were drawn into estimates of all there was;
  // null: the values stay as they are. It is called in the exporter's namespace
  // and must not allocate.
  void (*unsample)(SampleRow* rows, size_t size) = nullptr;
  // The index of a run has each value per operation, as "delay/op".
  bool has_values_per_operation = false;
  // The main value is CPU time in nanoseconds, as frameworks report it.
  bool measures_cpu = false;
  // What its samples are called where they are counted.
  const char* samples_name = "samples";
  // How to get more samples of what happens seldom; "": the samples are of
  // time, so that more come if it runs longer.
  const char* how_to_get_more = "";
};

// One profile of the run.
struct ProfileData : ProfileType {
  const char* path = "";        // absolute path of the whole-run file
  int64_t period = 0;           // in period_type.unit
  int64_t rate = 0;             // as requested, in the unit of the rate flag
  const char* collection = "";  // one line: the timer or method in use
  uint64_t lost = 0;            // samples that could not be stored
  // CPU time in the kernel counts in the phase in which it was spent.
  bool places_kernel_time = true;
  ArrayView<SampleRow> samples;
  // The same rows as they were when their regions ended, for the profiles of
  // regions: memory that a benchmark kept may be freed later. Empty if nothing
  // in `samples` can change.
  ArrayView<SampleRow> region_samples;
};

// A label that is read off stacks, for samples outside of any known region. The
// outermost frame that stands for a label decides.
struct StackLabel {
  const char* key = "";
  // Writes the label for which a function, demangled with its parameters,
  // stands. Returns false if it stands for none, or if there is no room. It is
  // called in the exporter's namespace, and must neither allocate nor use
  // locales or streams.
  bool (*read)(const char* function, char* value, size_t size) = nullptr;
};

// Code whose frames are left out: the profiler's own.
struct AddressRange {
  uint64_t start = 0;
  uint64_t limit = 0;
};

struct RawContext;  // raw_context.h
struct RawTrace;    // raw_trace.h

struct RawProfile {
  ArrayView<char> strings;
  ArrayView<Module> modules;
  ArrayView<StackNode> stacks;
  ArrayView<RunRow> runs;
  ArrayView<RegionRow> regions;
  ArrayView<const char*> phases;  // their names
  ArrayView<ProfileData> profiles;
  ArrayView<LabelSet> label_sets;      // 0 is the empty one
  ArrayView<ThreadNote> thread_notes;  // 0 is the empty one
  ArrayView<const char*> comments;  // command line, framework and its context
  ArrayView<StackLabel> stack_labels;
  const RawContext* context = nullptr;  // null: nothing is known
  bool counts_allocations = false;      // of each run: --benchmem
  int64_t start_time_nanos = 0;         // since the epoch
  int64_t duration_nanos = 0;
  bool interrupted = false;  // by a signal or _exit: results are incomplete
  bool is_quiet = false;     // only failures are worth a line
  // What to tell the user if no region was seen, but a stack shows that one
  // ran; null: nothing.
  const char* if_a_stack_shows_a_region = nullptr;
  bool (*shows_a_region)(const char* function) = nullptr;
  bool repeats_regions = false;       // each, until it has samples
  const RawTrace* trace = nullptr;    // null: there is none
  const char* report_path = nullptr;  // of the HTML report; null: there is none

  const char* String(StringOffset offset) const {
    return strings.data + offset;
  }
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_RAW_PROFILE_H_
