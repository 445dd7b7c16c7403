// Tells the profiler what GoogleTest is doing.
//
// If the headers are found, as in /usr/include, this is also compiled into
// programs that do not link GoogleTest. So the functions of GoogleTest that are
// called here are declared as weak. In such programs they are null.
#if __has_include(<gtest/gtest.h>)
#include <gtest/gtest.h>
#include <time.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <string>

#include "../common/expose.h"
#include "../common/framework_hooks.h"
#include "../common/known_framework.h"
#include "../common/phases.h"
#include "../common/standard_library.h"
#include "../common/virtual_hook.h"
#include "bench_profiler/allocations.h"
#include "bench_profiler/hook_section.h"
#include "bench_profiler/region.h"
#include "test_repetition.h"

namespace bench_profiler {

using testing::Test;
using testing::TestInfo;
using testing::TestSuite;
using testing::UnitTest;
using Factory = testing::internal::TestFactoryBase;

// Members of GoogleTest's classes, as weak functions that have their symbols.
__attribute__((weak)) UnitTest* GetUnitTest() __asm__(
    "_ZN7testing8UnitTest11GetInstanceEv");
__attribute__((weak)) testing::TestEventListeners* ListenersOf(
    UnitTest*) __asm__("_ZN7testing8UnitTest9listenersEv");
__attribute__((weak)) void
Append(testing::TestEventListeners*, testing::TestEventListener*) __asm__(
    "_ZN7testing18TestEventListeners6AppendEPNS_17TestEventListenerE");
__attribute__((weak)) void
RecordProperty(const std::string& key, const std::string& value) __asm__(
    "_ZN7testing4Test14RecordPropertyE" BENCH_PROFILER_STRING_PAIR);

// GoogleTest has no event between a test's start and end. To see when the body
// begins and ends, TestBody of the test's object is replaced, as soon as the
// test's factory has made the object.
struct BodyOfTest {
  using Member = void (Test::*)();
  friend Member MemberOf(BodyOfTest);
};
template struct Expose<BodyOfTest, &Test::TestBody>;

namespace {

constexpr RegionKind Group(const char* group_label) {
  RegionKind kind;
  kind.group_label = group_label;
  kind.run_label = "iteration";
  kind.trial_phase = "calibration";
  kind.has_several_measured_phases = true;
  return kind;
}

constexpr RegionKind Tests() {
  RegionKind kind = Group("suite");
  kind.label = "test";
  kind.has_file = true;
  kind.may_be_short = true;
  kind.how_to_run_longer = "--profile_repeat_until=1";
  return kind;
}

constexpr RegionKind kTests = Tests();
// What a suite does outside of its tests, and environments around all suites.
constexpr RegionKind kTestSuites = Group("suite");
constexpr RegionKind kEnvironments = Group("");

using CreateFunction = Test* (*)(Factory*);
using BodyFunction = void (*)(Test*);

// Is called instead of Test::TestBody. Before it come the constructor and
// SetUp, after it TearDown and the destructor.
BENCH_PROFILER_HOOK void BodyHook(Test* self) {
  const BodyFunction body = VirtualHook<BodyFunction>::Original(self);
  VirtualHook<BodyFunction>::Remove(self);
  struct Body {
    Body() { SetPhase(kTestBody); }
    ~Body() { SetPhase(kTestTeardown); }
  };
  const Body phase;
  body(self);
}

BENCH_PROFILER_WORK void HookBody(Test* test) {
  VirtualHook<BodyFunction>::Install(test, MemberOf(BodyOfTest()), &BodyHook);
}

BENCH_PROFILER_HOOK Test* CreateHook(Factory* self) {
  const CreateFunction create = VirtualHook<CreateFunction>::Original(self);
  VirtualHook<CreateFunction>::Remove(self);
  Test* test = create(self);
  if (test != nullptr) HookBody(test);
  return test;
}

BENCH_PROFILER_WORK double SecondsOf(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_nsec) * 1e-9;
}

// For tests, does what --benchmem does for benchmarks. Properties are part of
// GoogleTest's XML and JSON outputs.
BENCH_PROFILER_WORK void RecordAllocations(const AllocationCounts& counts) {
  if (RecordProperty == nullptr) return;
  RecordProperty("allocs", std::to_string(counts.allocations));
  RecordProperty("bytes", std::to_string(counts.bytes));
}

// It is appended before the user's main runs, so that its OnTestStart is called
// before those of the user's listeners, and its OnTestEnd after theirs. All its
// functions are BENCH_PROFILER_WORK, except the one that runs tests again.
class Listener : public testing::EmptyTestEventListener {
 public:
  void OnTestIterationStart(const UnitTest&, int iteration) override {
    iteration_ = iteration;
  }

  void OnEnvironmentsSetUpStart(const UnitTest&) override;
  void OnEnvironmentsSetUpEnd(const UnitTest&) override;
  void OnEnvironmentsTearDownStart(const UnitTest&) override;
  void OnEnvironmentsTearDownEnd(const UnitTest&) override;

  void OnTestSuiteStart(const TestSuite& suite) override;
  void OnTestSuiteEnd(const TestSuite&) override;

  void OnTestStart(const TestInfo& test) override;
  void OnTestEnd(const TestInfo& test) override;

 private:
  uint32_t Begin(const void* key, const RegionKind* kind,
                 const std::string& suite, const std::string& name);
  void EnterEnvironments();
  AllocationCounts TakeAllocations() const;
  void LeaveBody();
  bool NeedsMore(const TestInfo& test) const;
  void Report(int runs);

  std::map<const void*, uint32_t> numbers_;  // of AddRegion
  int iteration_ = 0;
  uint32_t suite_run_ = 0;
  uint32_t test_run_ = 0;
  double cpu_start_ = 0;
  double real_start_ = 0;
  std::optional<RunScope> scope_;
};

BENCH_PROFILER_WORK uint32_t Listener::Begin(const void* key,
                                             const RegionKind* kind,
                                             const std::string& suite,
                                             const std::string& name) {
  const auto found = numbers_.find(key);
  const uint32_t number =
      found != numbers_.end()
          ? found->second
          : numbers_[key] = AddRegion(kind, suite.c_str(), name.c_str());
  return BeginRepetition(number, iteration_);
}

BENCH_PROFILER_WORK void Listener::EnterEnvironments() {
  if (!Profiling()) return;
  const HiddenAllocations hidden;
  scope_.emplace(Begin(nullptr, &kEnvironments, "", ""), 0, kSetup);
  SetPhase(kEnvironment);
}

BENCH_PROFILER_WORK void Listener::OnEnvironmentsSetUpStart(const UnitTest&) {
  EnterEnvironments();
}

BENCH_PROFILER_WORK void Listener::OnEnvironmentsSetUpEnd(const UnitTest&) {
  scope_.reset();
}

BENCH_PROFILER_WORK void Listener::OnEnvironmentsTearDownStart(
    const UnitTest&) {
  EnterEnvironments();
}

BENCH_PROFILER_WORK void Listener::OnEnvironmentsTearDownEnd(const UnitTest&) {
  scope_.reset();
}

BENCH_PROFILER_WORK void Listener::OnTestSuiteStart(const TestSuite& suite) {
  if (!Profiling()) return;
  const HiddenAllocations hidden;
  suite_run_ = Begin(&suite, &kTestSuites, suite.name(), suite.name());
  scope_.emplace(suite_run_, 0, kSetup);
  SetPhase(kSuiteSetup);
}

BENCH_PROFILER_WORK void Listener::OnTestSuiteEnd(const TestSuite&) {
  scope_.reset();
}

BENCH_PROFILER_WORK void Listener::OnTestStart(const TestInfo& test) {
  if (!Profiling()) return;
  const HiddenAllocations hidden;
  scope_.reset();
  const std::string suite = test.test_suite_name();
  test_run_ = Begin(&test, &kTests, suite, suite + "." + test.name());
  VirtualHook<CreateFunction>::Install(test.*MemberOf(FactoryOfTest()),
                                       &Factory::CreateTest, &CreateHook);
  cpu_start_ = SecondsOf(CLOCK_PROCESS_CPUTIME_ID);
  real_start_ = SecondsOf(CLOCK_MONOTONIC);
  scope_.emplace(test_run_, 0, kSetup);
  SetPhase(kTestSetup);
}

BENCH_PROFILER_WORK AllocationCounts Listener::TakeAllocations() const {
  const AllocationCounts counts = TakeTimedAllocations();
  ReportAllocations(test_run_, counts.allocations, counts.bytes);
  return counts;
}

BENCH_PROFILER_WORK void Listener::LeaveBody() {
  SetPhase(kSetup);
  if (!CountingAllocations()) return;
  const HiddenAllocations hidden;
  RecordAllocations(TakeAllocations());
}

// Returns whether --profile_repeat_until wants the test to run again. If so,
// enters the set-up phase of that run.
BENCH_PROFILER_WORK bool Listener::NeedsMore(const TestInfo& test) const {
  // A test that mostly waits needs far more time than CPU time.
  constexpr double kMaxRealTime = 10;
  const double goal = RepeatUntil();
  if (!CanRepeat(test) ||
      SecondsOf(CLOCK_PROCESS_CPUTIME_ID) - cpu_start_ >= goal ||
      SecondsOf(CLOCK_MONOTONIC) - real_start_ >= goal * kMaxRealTime) {
    return false;
  }
  SetPhase(kTestSetup);
  return true;
}

BENCH_PROFILER_WORK void Listener::Report(int runs) {
  const HiddenAllocations hidden;
  SetPhase(kSetup);
  if (CountingAllocations()) TakeAllocations();  // of the repetitions
  scope_.reset();
  EndRepetition(test_run_, runs,
                SecondsOf(CLOCK_PROCESS_CPUTIME_ID) - cpu_start_,
                SecondsOf(CLOCK_MONOTONIC) - real_start_);
  // Until the next test or the end of the suite, the thread belongs to the
  // suite. All that can run then is the tear-down of the suite, if this was its
  // last test.
  scope_.emplace(suite_run_, 0, kSetup);
  SetPhase(kSuiteTeardown);
}

BENCH_PROFILER_HOOK void Listener::OnTestEnd(const TestInfo& test) {
  if (!Profiling() || !scope_) return;
  LeaveBody();
  int runs = 1;
  for (; NeedsMore(test); ++runs) RunAgain(test, HookBody);
  Report(runs);
}

}  // namespace

// The environment says how many shards the tests have, and which of them this
// process is to run. This is told even if GoogleTest was not found, since a
// preloaded profiler cannot always tell whether the program has it.
void DescribeGoogleTest(Program* program) {
  program->can_repeat = GetUnitTest != nullptr;
  const char* shards = std::getenv("GTEST_TOTAL_SHARDS");
  const char* shard = std::getenv("GTEST_SHARD_INDEX");
  if (shards == nullptr || shard == nullptr) return;
  program->shards = std::atoi(shards);
  program->shard = std::atoi(shard);
}

// Adds a listener to GoogleTest, if the program links it.
BENCH_PROFILER_WORK void StartGoogleTest() {
  if (GetUnitTest == nullptr || ListenersOf == nullptr || Append == nullptr ||
      !KnowsGoogleTest()) {
    return;
  }
  const HiddenAllocations hidden;
  // GoogleTest deletes it.
  Append(ListenersOf(GetUnitTest()), new Listener);
}

}  // namespace bench_profiler
#endif  // __has_include(<gtest/gtest.h>)
