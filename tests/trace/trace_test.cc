// Runs real programs with --trace and looks at what comes of it, as a user
// does.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <string>

#include "tests/support/profile_view.h"
#include "tests/support/program.h"
#include "tests/support/run_in.h"
#include "tests/support/sanitizers.h"
#include "tests/support/trace_view.h"

namespace bench_profiler {
namespace {

class TraceOfBenchmarks : public testing::Test {
 protected:
  // One run for all tests.
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    result_ = new ProgramResult(
        RunIn(*folder_, "trace_bench",
              {"--trace=made/t.perfetto-trace", "--cpuprofile=cpu.prof"}));
    trace_ = new TraceView(ReadTrace(*folder_ / "made/t.perfetto-trace"));
  }
  static void TearDownTestSuite() {
    delete trace_;
    delete result_;
    delete folder_;
  }
  void SetUp() override {
    ASSERT_EQ(result_->exit_code, 0) << result_->err;
    ASSERT_TRUE(trace_->valid) << trace_->problem << result_->err;
  }

  static inline TemporaryFolder* folder_;
  static inline ProgramResult* result_;
  static inline TraceView* trace_;
};

TEST_F(TraceOfBenchmarks, IsUnderstoodByUpstream) {
  std::string counts;
  EXPECT_EQ(CheckWithUpstream(*folder_ / "made/t.perfetto-trace", &counts), "");
}

TEST_F(TraceOfBenchmarks, HasTheirRepetitionsAndPhases) {
  ASSERT_EQ(trace_->Spans("BM_Spin/iterations:1/repeats:2").size(), 1u);
  const auto benchmark = trace_->Spans("BM_Spin/iterations:1/repeats:2")[0];
  int repetitions = 0;
  for (const TraceSpanView& span : trace_->spans) {
    if (span.path.find(benchmark.path + " > repetition ") == 0 &&
        span.name == "timed") {
      ++repetitions;
      // It spins for 0.2 s.
      EXPECT_GE(span.end - span.begin, 190'000'000);
    }
  }
  EXPECT_EQ(repetitions, 2);
}

TEST_F(TraceOfBenchmarks, HasSamplesWhereTheTimeWent) {
  const auto benchmark = trace_->Spans("BM_Spin/iterations:1/repeats:2").at(0);
  int64_t nanos = 0;
  for (const TraceSampleView& sample : trace_->samples) {
    if (sample.time < benchmark.begin || sample.time > benchmark.end) continue;
    EXPECT_EQ(sample.tid, benchmark.tid);
    if (sample.Has("HotFunction")) nanos += sample.nanos;
  }
  // 0.4 s, even if another process takes half of the CPU.
  EXPECT_GT(nanos, 150'000'000);
  EXPECT_LT(nanos, 500'000'000);
}

TEST_F(TraceOfBenchmarks, CountsShortPausesAndShowsLongOnes) {
  int64_t left_out = 0;
  int64_t longest = 0;
  for (const TraceSpanView& span : trace_->spans) {
    if (span.path.find("BM_Paused") != 0) continue;
    const auto note = span.notes.find("pauses below 10 us, not shown");
    if (note != span.notes.end()) left_out += std::stoi(note->second);
    if (span.name == "paused")
      longest = std::max(longest, span.end - span.begin);
  }
  EXPECT_GT(left_out, 500);
  EXPECT_LE(left_out, 1000);
  EXPECT_GE(longest, 19'000'000);
}

TEST_F(TraceOfBenchmarks, HasThreadsWithTheirNames) {
  int64_t worker = 0;
  for (const auto& [tid, name] : trace_->threads) {
    if (name == "the_worker") worker = tid;
  }
  ASSERT_NE(worker, 0);
  std::string moments;
  for (const TraceSpanView& moment : trace_->moments) {
    if (moment.tid == worker) moments += moment.name + " ";
  }
  EXPECT_EQ(moments, "thread begins thread ends ");
}

TEST_F(TraceOfBenchmarks, HasWaitsWithArrowsFromWhoUnlocks) {
  if (kAddressSanitizer) {
    EXPECT_NE(result_->err.find("--trace: without block: "), std::string::npos);
    GTEST_SKIP() << "no lock can be observed under AddressSanitizer";
  }
  const auto benchmark = trace_->Spans("BM_Contended/iterations:1").at(0);
  const TraceSpanView* longest = nullptr;
  for (const TraceSpanView& span : trace_->spans) {
    if (span.name == "wait for a lock" && span.tid != benchmark.tid &&
        (longest == nullptr ||
         span.end - span.begin > longest->end - longest->begin)) {
      longest = &span;
    }
  }
  ASSERT_NE(longest, nullptr) << result_->err;
  EXPECT_EQ(trace_->threads.at(longest->tid), "the_waiter");
  EXPECT_GT(longest->end - longest->begin, 1'000'000);
  ASSERT_EQ(longest->arrows_to.size(), 1u);
  const auto unlock = std::find_if(
      trace_->moments.begin(), trace_->moments.end(), [&](const auto& moment) {
        return moment.arrows_from == longest->arrows_to;
      });
  ASSERT_NE(unlock, trace_->moments.end());
  EXPECT_EQ(unlock->name, "unlock");
  EXPECT_EQ(unlock->tid, benchmark.tid);
  EXPECT_GE(unlock->begin, longest->begin);
  EXPECT_LE(unlock->begin, longest->end);
  // Here it waits for the end of a worker that takes 100 ms.
  const auto waits = trace_->Spans("wait");
  EXPECT_TRUE(std::any_of(waits.begin(), waits.end(), [&](const auto& wait) {
    return wait.path == "BM_Worker/iterations:1 > repetition 1 > timed > wait";
  }));
}

TEST_F(TraceOfBenchmarks, CountsMemoryAndThreads) {
  const auto most = [&](const std::string& counter, const std::string& during) {
    const auto span = trace_->Spans(during).at(0);
    int64_t value = 0;
    for (const auto& [time, point] : trace_->counters.at(counter)) {
      if (time >= span.begin && time <= span.end) {
        value = std::max(value, point);
      }
    }
    return value;
  };
  // 64 MiB; an estimate, whose standard deviation is 6 MiB.
  const int64_t mib =
      most("heap in use (estimate)", "BM_Allocates/iterations:1") >> 20;
  EXPECT_GT(mib, 30);
  EXPECT_LT(mib, 110);
  EXPECT_GT(trace_->counters.at("allocations (estimate)").back().second, 400);
  EXPECT_EQ(most("threads", "BM_Worker/iterations:1"), 2);
  EXPECT_EQ(most("threads", "BM_Spin/iterations:1/repeats:2"), 1);
  EXPECT_EQ(most("lost events and samples", "BM_End/iterations:1"), 0);
}

TEST_F(TraceOfBenchmarks, GoesWithAProfile) {
  EXPECT_TRUE(ReadProfile(*folder_ / "cpu.prof").valid);
  EXPECT_NE(result_->err.find("trace: made/t.perfetto-trace, "),
            std::string::npos)
      << result_->err;
}

TEST(Trace, IsWrittenWhenASignalEndsTheProgram) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {{"END_BY_SIGTERM", "1"}};
  const ProgramResult result =
      RunIn(folder, "trace_bench", {"--trace=t", "--benchmark_filter=BM_End"},
            options);
  EXPECT_EQ(result.signal, SIGTERM) << result.err;
  const TraceView trace = ReadTrace(folder / "t");
  ASSERT_TRUE(trace.valid) << trace.problem << result.err;
  // By the name that is known before its result.
  EXPECT_EQ(trace.Spans("BM_End").size(), 1u);
  EXPECT_FALSE(FileExists(folder / "t.d"));
}

// As over HTTP, of a part of a run.
TEST(Trace, ByTheApiHasTheBenchmark) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {{"TRACE_ITSELF", "t"}};
  const ProgramResult result = RunIn(
      folder, "trace_bench",
      {"--cpuprofile=cpu.prof", "--benchmark_filter=BM_TracesItself"}, options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const TraceView trace = ReadTrace(folder / "t");
  ASSERT_TRUE(trace.valid) << trace.problem << result.err;
  ASSERT_EQ(trace.Spans("timed").size(), 1u);
  EXPECT_EQ(trace.Spans("timed")[0].path, "BM_TracesItself > run > timed");
  EXPECT_GT(trace.samples.size(), 0u);
}

TEST(Trace, ThatCannotBeWrittenIsSaidAtOnce) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunIn(folder, "trace_bench", {"--trace=/dev/full/t"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("--trace: "), std::string::npos) << result.err;
  EXPECT_EQ(
      RunIn(folder, "trace_bench", {"--trace=t", "--cpuprofile=t"}).exit_code,
      1);
}

}  // namespace
}  // namespace bench_profiler
