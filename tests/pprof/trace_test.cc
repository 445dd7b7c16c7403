// StartTrace and StopTrace.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <thread>

#include "bench_profiler/labels.h"
#include "tests/pprof/api_fixture.h"
#include "tests/support/trace_view.h"

namespace bench_profiler {
namespace {

class TraceApiTest : public ApiTest {
 protected:
  // The trace of what `run` does.
  template <class Run>
  TraceView Trace(Run&& run) {
    EXPECT_OK(pprof::StartTrace(path_, {1000}));
    run();
    EXPECT_OK(pprof::StopTrace());
    TraceView trace = ReadTrace(path_);
    EXPECT_TRUE(trace.valid) << trace.problem;
    return trace;
  }
};

TEST_F(TraceApiTest, HasSamplesOfItsTime) {
  const TraceView trace = Trace([] { SpinFor(0.2); });
  EXPECT_EQ(trace.threads.count(getpid()), 1u);
  int64_t nanos = 0;
  for (const TraceSampleView& sample : trace.samples) {
    EXPECT_EQ(sample.tid, getpid());
    if (sample.Has("SpinFor")) nanos += sample.nanos;
  }
  if (!kCanSample) {
    ASSERT_EQ(trace.moments.size(), 1u);
    EXPECT_EQ(trace.moments[0].name.find("without cpu: "), 0u);
    return;
  }
  EXPECT_GT(nanos, 80'000'000);
  EXPECT_LT(nanos, 300'000'000);
  // What was sampled before is not in it; it may have samples of its own.
  for (const TraceSampleView& sample : Trace([] {}).samples) {
    EXPECT_FALSE(sample.Has("SpinFor"));
  }
}

TEST_F(TraceApiTest, LabelsAreSpans) {
  const auto label = [](const char* request, auto&& run) {
    const pprof::ScopedLabels labels({{"request", request}});
    run();
  };
  pid_t worker_tid = 0;
  TraceView trace;
  label("before", [&] {
    trace = Trace([&] {
      label("1", [] {});
      std::thread worker([&] { worker_tid = gettid(); });
      worker.join();
    });
  });
  std::string names;
  for (const TraceSpanView& span : trace.spans) {
    if (span.track == "labels" && span.tid == getpid())
      names += span.name + " ";
  }
  EXPECT_EQ(names, "request=before request=1 request=before ");
  if (!kCanSample) return;  // there, the starts of threads are not told
  const auto spans = trace.Spans("request=before");
  EXPECT_TRUE(std::any_of(spans.begin(), spans.end(), [&](const auto& span) {
    return span.tid == worker_tid && span.notes.at("request") == "before";
  }));
}

TEST_F(TraceApiTest, ThereIsOneAtATime) {
  EXPECT_OK(pprof::StopTrace());
  ASSERT_OK(pprof::StartTrace(path_));
  EXPECT_STREQ(pprof::StartTrace(path_ + "2").message(),
               "tracing is already enabled");
  EXPECT_OK(pprof::StopTrace());
  EXPECT_STREQ(pprof::StartTrace("/dev/null/trace").message(),
               pprof::StartCpuProfile("/dev/null/trace").message());
  EXPECT_TRUE(pprof::StartTrace(path_, {0}));
  EXPECT_OK(pprof::StartTrace(path_));
  EXPECT_OK(pprof::StopTrace());
}

TEST_F(TraceApiTest, AForkedChildHasNone) {
  ASSERT_OK(pprof::StartTrace(path_));
  const pid_t child = fork();
  if (child == 0) {
    const pprof::ScopedLabels labels({{"in", "child"}});
    if (pprof::StopTrace() || FileExists(path_)) _exit(1);
    if (pprof::StartTrace(path_ + ".child")) _exit(2);
    _exit(pprof::StopTrace() ? 3 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_OK(pprof::StopTrace());
  EXPECT_TRUE(ReadTrace(path_).Spans("in=child").empty());
  EXPECT_TRUE(ReadTrace(path_ + ".child").valid);
}

}  // namespace
}  // namespace bench_profiler
