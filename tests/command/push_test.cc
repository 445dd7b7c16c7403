// `bench_profiler push`, seen by a store that decodes what it gets.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "bench_profiler/formats/gunzip.h"
#include "tests/command/fake_server.h"
#include "tests/command/pushed_profile.h"
#include "tests/command/tool.h"

namespace bench_profiler {
namespace {

std::string Entry(const std::string& name, const std::string& file) {
  return R"({"name": ")" + name + R"(", "file": )" +
         (file.empty() ? "null" : '"' + file + '"') + R"(, "complete": true,
      "iterations": 10, "repetitions": 1, "threads": 1, "cpu_seconds": 0.04,
      "real_seconds": 0.04, "samples": 2, "profiled_cpu_seconds": 0.04,
      "share_standard_error": null, "runs": []})";
}

// A folder of profiles as a run leaves it, and an environment without CI.
class PushTest : public testing::Test {
 protected:
  PushTest() {
    mkdir((folder_.path() + "/cpu.prof.d").c_str(), 0755);
    WriteIndex("cpu", Entry("BM_Parse/8", "a.prof"));
    // Two threads and two repetitions did the same.
    std::vector<MadeSample> samples;
    for (const char* thread : {"1", "2"}) {
      for (const char* repetition : {"1", "2"}) {
        samples.push_back(
            {{"Parse", "main"},
             10000000,
             {TextLabel("benchmark", "BM_Parse/8"), TextLabel("thread", thread),
              TextLabel("repetition", repetition),
              TextLabel("shard", "a\\b")}});
      }
    }
    ParsedProfile profile = MakeParsed(samples);
    profile.time_nanos = 1764270000000000000;
    folder_.Write("cpu.prof.d/a.prof", profile);
    for (const char* name :
         {"GITHUB_SHA", "GITHUB_HEAD_REF", "GITHUB_REF_NAME", "CI_COMMIT_SHA",
          "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_BRANCH"}) {
      Set(name, "");
    }
  }

  void Set(const std::string& name, const std::string& value) {
    folder_.options.environment.emplace_back(name, value);
  }

  void WriteIndex(const std::string& kind, const std::string& entries) const {
    folder_.WriteBytes("cpu.prof.d/index.json", R"({"format": 2, "kind": ")" +
                                                    kind +
                                                    R"(", "profile": "cpu.prof",
        "rate": 1000, "period": 1000000, "benchmem": false, "context": {
          "command": "/build/my_bench --x=/y", "host": "h", "cpus": 1,
          "mhz": null, "cpu_model": null, "load": null, "governor": null,
          "compiler": null, "build_type": null, "git": "abc123"},
        "benchmarks": [)" + entries + "]}");
  }

  ProgramResult Push(const std::string& address,
                     std::vector<std::string> words = {}) const {
    words.insert(words.begin(), {"push", address, "cpu.prof.d"});
    return folder_.Run(words);
  }

  ToolFolder folder_;
};

using Labels = std::map<std::string, std::string>;
const char* const kTaken = "{}";
TEST_F(PushTest, WhatTheStoreGets) {
  FakeServer server({HttpText("200 OK", kTaken)});
  const ProgramResult result = Push(server.Address());
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.out,
            "1 profile sent: {commit=\"abc123\", service_name=\"my_bench\"}\n"
            "to compare in Grafana (Drilldown > Profiles > Diff flame graph):\n"
            "  baseline   {commit=\"...\", service_name=\"my_bench\"}\n"
            "  comparison {commit=\"abc123\", service_name=\"my_bench\"}\n");
  const PushedProfile pushed = DecodedPush(folder_, server.requests()[0]);
  EXPECT_EQ(pushed.labels, (Labels{{"__name__", "process_cpu"},
                                   {"service_name", "my_bench"},
                                   {"benchmark", "BM_Parse/8"},
                                   {"commit", "abc123"}}));
  // What differed in labels only is one sample: each set would be a series.
  ASSERT_EQ(pushed.profile.samples.size(), 1U);
  EXPECT_EQ(pushed.profile.samples[0].labels, (Labels{{"shard", "a\\b"}}));
  EXPECT_EQ(pushed.profile.Sum("cpu"), 40000000);
  EXPECT_EQ(pushed.profile.time_nanos, 1764270000000000000);
}

TEST_F(PushTest, LabelsThatAreToldAndFound) {
  Set("GITHUB_SHA", "0123abc");
  Set("GITHUB_HEAD_REF", "faster \"x\"");
  Set("GITHUB_REF_NAME", "7/merge");
  FakeServer server({HttpText("200 OK", kTaken), HttpText("200 OK", kTaken)});
  const std::string address = "http://" + server.Address() + "/";
  const ProgramResult found = Push(address);
  EXPECT_TRUE(Has(found.out, R"(branch="faster \"x\"", commit="0123abc")"))
      << found.out << found.err;
  const ProgramResult told =
      Push(address, {"--label", "service=parser", "--label=branch=main",
                     "--label=commit=1", "--label=runner=a=b"});
  EXPECT_EQ(told.exit_code, 0) << told.err;
  const std::vector<std::string> requests = server.requests();
  EXPECT_EQ(DecodedPush(folder_, requests[0]).labels["branch"], "faster \"x\"");
  EXPECT_EQ(DecodedPush(folder_, requests[1]).labels,
            (Labels{{"__name__", "process_cpu"},
                    {"service_name", "parser"},
                    {"benchmark", "BM_Parse/8"},
                    {"commit", "1"},
                    {"branch", "main"},
                    {"runner", "a=b"}}));
}

TEST_F(PushTest, KindsHaveTheStoresNames) {
  const std::map<std::string, std::string> names = {
      {"heap", "memory"}, {"block", "block"},       {"mutex", "mutex"},
      {"wall", "wall"},   {"threads", "goroutine"}, {"my-kind", "my_kind"}};
  FakeServer server(
      std::vector<std::string>(names.size(), HttpText("200 OK", kTaken)));
  for (const auto& [kind, name] : names) {
    WriteIndex(kind, Entry("BM_Parse/8", "a.prof"));
    EXPECT_EQ(Push(server.Address()).exit_code, 0) << kind;
  }
  const std::vector<std::string> requests = server.requests();
  size_t at = 0;
  for (const auto& each : names) {
    EXPECT_EQ(DecodedPush(folder_, requests[at++]).labels["__name__"],
              each.second);
  }
}

TEST_F(PushTest, AddressesWithAndWithoutThePath) {
  FakeServer server({HttpText("200 OK", kTaken), HttpText("200 OK", kTaken)});
  const std::string address = "http://" + server.Address();
  EXPECT_EQ(Push(address + "/push.v1.PusherService/Push").exit_code, 0);
  EXPECT_EQ(Push(address + "/profiles/?x=1").exit_code, 0);
  const std::vector<std::string> requests = server.requests();
  DecodedPush(folder_, requests[0]);
  EXPECT_EQ(requests[1].find("POST /profiles/push.v1.PusherService/Push?x=1 "),
            0U);
}

TEST_F(PushTest, TriesAgainWhatMayPass) {
  FakeServer server(
      {HttpText("503 Service Unavailable", R"({"code": "unavailable"})"),
       kReset,
       "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\n"
       "Content-Length: 9\r\n\r\nslow down",
       HttpText("200 OK", kTaken)});
  const ProgramResult result = Push(server.Address());
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(Has(result.err, "503 Service Unavailable; again in 0.25 s\n"))
      << result.err;
  EXPECT_TRUE(Has(result.err, "Connection reset by peer; again in 0.5 s\n"))
      << result.err;
  EXPECT_TRUE(
      Has(result.err, "429 Too Many Requests: slow down; again in 1 s\n"))
      << result.err;
  // The same profile is not counted twice.
  std::set<std::string> ids;
  const std::vector<std::string> requests = server.requests();
  ASSERT_EQ(requests.size(), 4U);
  for (const std::string& each : requests) {
    ids.insert(DecodedPush(folder_, each).id);
  }
  EXPECT_EQ(ids.size(), 1U);
}

TEST_F(PushTest, GivesUp) {
  const std::string busy =
      "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3600\r\n\r\n";
  FakeServer server({busy});
  ExpectRefused(Push(server.Address()), 1, "503 Service Unavailable; sent: 0");
  std::string gone;
  {
    const FakeServer none({});
    gone = none.Address();
  }
  const ProgramResult result = Push(gone, {"--timeout=3"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_TRUE(Has(result.err, "Connection refused; again in 0.25 s\n"));
  EXPECT_TRUE(Has(result.err, "Connection refused; sent: 0 profiles\n"))
      << result.err;
}

TEST_F(PushTest, RefusalsAreFinal) {
  WriteIndex("cpu", Entry("BM_Parse/8", "a.prof") + "," +
                        Entry("BM_Sort", "a.prof") + "," + Entry("BM_No", ""));
  // What is wrong with one profile may be right with the next.
  FakeServer server(
      {HttpText("400 Bad Request",
                R"({"code":"invalid_argument","message":"label\u001b[2J too)"
                R"( long\nor so"})"),
       HttpText("200 OK", kTaken)});
  const ProgramResult result = Push(server.Address());
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.err, "bench_profiler push: BM_Parse/8: http://" +
                            server.Address() +
                            "/push.v1.PusherService/Push: 400 Bad Request: "
                            "label [2J too long\n");
  EXPECT_TRUE(Has(result.out, "1 profile sent")) << result.out;
  EXPECT_EQ(DecodedPush(folder_, server.requests()[1]).labels["benchmark"],
            "BM_Sort");
  const std::map<std::string, std::string> finals = {
      {HttpText("401 Unauthorized", R"({"code": "unauthenticated",)"
                                    R"( "message": "no org id"})"),
       "401 Unauthorized: no org id; sent: 0 profiles\n"},
      {HttpText("404 Not Found", "<html>"), "404 Not Found; sent"},
      {"HTTP/1.1 308 Moved\r\nLocation: https://h/x\r\n\r\n",
       "308 Moved: it is at https://h/x; sent"}};
  for (const auto& [answer, line] : finals) {
    FakeServer other({answer});
    ExpectRefused(Push(other.Address()), 1, line);
    EXPECT_EQ(other.requests().size(), 1U) << line;
  }
}

TEST_F(PushTest, SecretsAreInHeadersOnly) {
  Set("BENCH_PROFILER_PUSH_TENANT", "team-a");
  Set("BENCH_PROFILER_PUSH_TOKEN", "hush");
  FakeServer server(
      {HttpText("401 Unauthorized", "no"), HttpText("401 Unauthorized", "no")});
  const ProgramResult bearer = Push(server.Address());
  EXPECT_FALSE(Has(bearer.err + bearer.out, "hush")) << bearer.err;
  Set("BENCH_PROFILER_PUSH_USER", "me");
  EXPECT_EQ(Push(server.Address()).exit_code, 1);
  const std::vector<std::string> requests = server.requests();
  EXPECT_TRUE(Has(DecodedPush(folder_, requests[0]).head,
                  "\r\nX-Scope-OrgID: team-a\r\n"
                  "Authorization: Bearer hush\r\n"))
      << requests[0];
  EXPECT_TRUE(Has(requests[1], "\r\nAuthorization: Basic bWU6aHVzaA==\r\n"));
  Set("BENCH_PROFILER_PUSH_TOKEN", "hush\r\nX: y");
  const ProgramResult refused = Push("h:1");
  ExpectRefused(refused, 2, "BENCH_PROFILER_PUSH_TOKEN: it has a control");
  EXPECT_FALSE(Has(refused.err, "hush"));
}

TEST_F(PushTest, HttpsByCurl) {
  folder_.WriteBytes("curl",
                     "#!/bin/sh\n"
                     "echo \"$@\" > asked\n"
                     "cat > settings\n"
                     "body=$(sed -n 's/^data-binary = \"@\\(.*\\)\"/\\1/p' "
                     "settings)\n"
                     "cat \"$body\" > body\n"
                     "printf 'HTTP/2 200 \\r\\n\\r\\n{}'\n");
  Set("BENCH_PROFILER_PUSH_TOKEN", "hu\\s\"h");
  const ProgramResult result = folder_.Sh(
      "chmod +x curl && PATH=.:$PATH $TOOL push https://h cpu.prof.d");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_FALSE(Has(folder_.Read("asked"), "hu")) << folder_.Read("asked");
  const std::string settings = folder_.Read("settings");
  EXPECT_TRUE(Has(settings,
                  "url = \"https://h/push.v1.PusherService/Push\"\n"
                  "request = \"POST\"\n"))
      << settings;
  EXPECT_TRUE(Has(settings, R"(header = "Authorization: Bearer hu\\s\"h")"))
      << settings;
  EXPECT_TRUE(IsGzip(folder_.Read("body")));
}

TEST_F(PushTest, PasswordsInAddressesByCurl) {
  if (RunProgram({"curl", "--version"}).exit_code != 0) {
    GTEST_SKIP() << "no curl here";
  }
  FakeServer server(
      {HttpText("200 OK", kTaken), HttpText("403 Forbidden", "not you")});
  const std::string address = "http://me:hush@" + server.Address();
  EXPECT_EQ(Push(address).exit_code, 0);
  const ProgramResult refused = Push(address);
  ExpectRefused(refused, 1, "Push: 403 Forbidden: not you; sent: 0 profiles");
  EXPECT_FALSE(Has(refused.err, "hush"));
  EXPECT_TRUE(Has(DecodedPush(folder_, server.requests()[0]).head,
                  "\r\nAuthorization: Basic bWU6aHVzaA==\r\n"));
}

TEST_F(PushTest, WrongUse) {
  ExpectRefused(folder_.Run({"push", "h:1"}), 2, "push URL FOLDER...");
  ExpectRefused(Push("ftp://h"), 2, "no address of http");
  ExpectRefused(folder_.Run({"push", "h:1", "none.d"}), 2, "none.d/index.json");
  for (const char* label : {"x", "=x", "a-b=c", "1a=c", "__name__=c"}) {
    ExpectRefused(Push("h:1", {"--label", label}), 2, "KEY=VALUE is expected");
  }
}

}  // namespace
}  // namespace bench_profiler
