// Where profiles come from: files, standard input, servers, folders.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>

#include "tests/command/fake_server.h"
#include "tests/command/terminal.h"
#include "tests/command/tool.h"
#include "tests/support/running_program.h"

namespace bench_profiler {
namespace {

std::string Bytes() { return WritePprof(ParseAndSort()); }

TEST(Sources, StandardInputIsAFile) {
  const ToolFolder folder;
  folder.Write("cpu.prof", ParseAndSort());
  const std::string text = folder.Run({"top", "cpu.prof"}).out;
  EXPECT_TRUE(Has(text, "30ms 75.00%")) << text;
  EXPECT_EQ(folder.Sh("cat cpu.prof | $TOOL top -").out, text);
  EXPECT_EQ(folder.Sh("$TOOL top /dev/stdin < cpu.prof").out, text);
}

TEST(Sources, SeveralAreAddedUp) {
  const ToolFolder folder;
  folder.Write("a.prof", ParseAndSort());
  folder.Write("b.prof", MakeParsed({{{"Parse", "main"}, 20000000}}));
  EXPECT_TRUE(Has(folder.Run({"top", "a.prof", "b.prof"}).out, "50ms 83.33%"));
  ASSERT_EQ(folder.Run({"merge", "a.prof", "b.prof", "-o", "c.prof"}).err, "");
  EXPECT_EQ(folder.Run({"top", "c.prof"}).out,
            folder.Run({"top", "a.prof", "b.prof"}).out);
  // And taken away again.
  const std::string rest = folder.Run({"top", "--base=b.prof", "a.prof"}).out;
  EXPECT_TRUE(Has(rest, "10ms 16.67% 16.67%       10ms 16.67%  Parse")) << rest;
  const std::string share =
      folder.Run({"top", "--diff_base=b.prof", "c.prof"}).out;
  EXPECT_TRUE(Has(share, "30ms 150.00%")) << share;
  const std::string normal =
      folder.Run({"top", "--normalize", "--base=b.prof", "a.prof"}).out;
  EXPECT_TRUE(Has(normal, "Parse")) << normal;
  ParsedProfile other = ParseAndSort();
  other.period_type = {"space", "bytes"};
  folder.Write("mem.prof", other);
  ExpectRefused(folder.Run({"top", "a.prof", "mem.prof"}), 2, "mem.prof: ");
}

TEST(Sources, ServersAnswersOfAllKinds) {
  const ToolFolder folder;
  folder.Write("cpu.prof", ParseAndSort());
  const std::string text = folder.Run({"top", "cpu.prof"}).out;
  const std::string body = Bytes();
  const std::string half = body.substr(0, body.size() / 2);
  const std::string rest = body.substr(half.size());
  char chunks[32];
  std::snprintf(chunks, sizeof(chunks), "%zx\r\n", half.size());
  std::string chunked =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
      std::string(chunks) + half + "\r\n";
  std::snprintf(chunks, sizeof(chunks), "%zx\r\n", rest.size());
  chunked += chunks + rest + "\r\n0\r\n\r\n";
  for (const std::string& answer :
       {HttpText("200 OK", body), chunked, "HTTP/1.0 200 OK\r\n\r\n" + body}) {
    FakeServer server({answer});
    const ProgramResult result =
        folder.Run({"top", server.Address() + "/debug/pprof/heap"});
    EXPECT_EQ(result.out, text) << answer.substr(0, 60);
    EXPECT_EQ(result.err, "");
    EXPECT_EQ(server.requests()[0].find("GET /debug/pprof/heap HTTP/1.1\r\n"),
              0u);
  }
}

TEST(Sources, TheCpuProfileOfAServer) {
  const ToolFolder folder;
  FakeServer server({HttpText("200 OK", Bytes())});
  const ProgramResult result =
      folder.Run({"top", "http://" + server.Address(), "--seconds=3"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  // Not on a terminal: one line.
  EXPECT_EQ(result.err, "bench_profiler: waiting 3 s for http://" +
                            server.Address() +
                            "/debug/pprof/profile?seconds=3\n");
  EXPECT_EQ(server.requests()[0].find("GET /debug/pprof/profile?seconds=3 "),
            0u);
}

TEST(Sources, RedirectionsAreFollowed) {
  const ToolFolder folder;
  FakeServer last({HttpText("200 OK", Bytes())});
  FakeServer first({"HTTP/1.1 302 Found\r\nLocation: /there\r\n\r\n",
                    "HTTP/1.1 301 Moved\r\nLocation: http://" + last.Address() +
                        "/heap\r\n\r\n"});
  EXPECT_EQ(folder.Run({"top", first.Address() + "/here"}).exit_code, 0);
  EXPECT_EQ(first.requests()[1].find("GET /there "), 0u);
  const std::string loop = "HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n";
  FakeServer circle(std::vector<std::string>(11, loop));
  ExpectRefused(folder.Run({"top", circle.Address() + "/x"}), 2,
                "redirected too often");
  FakeServer nowhere({"HTTP/1.1 302 Found\r\n\r\n"});
  ExpectRefused(folder.Run({"top", nowhere.Address() + "/x"}), 2, "nowhere");
}

TEST(Sources, WhatServersSayInsteadOfAProfile) {
  const ToolFolder folder;
  const struct {
    std::string answer;
    const char* line;
  } answers[] = {
      {HttpText("404 Not Found", "no such profile\nbut these\n"),
       "404 Not Found: no such profile"},
      {HttpText("500 Oh", "<html>\n"), "/x: 500 Oh"},
      {HttpText("200 OK", "hello"), "/x: "},
      {HttpText("200 OK", Bytes()).substr(0, 150), "cut off"},
      {"SSH-2.0-x\r\n\r\n", "no HTTP"},
      {"", "closed the connection"},
  };
  for (const auto& each : answers) {
    FakeServer server({each.answer});
    ExpectRefused(folder.Run({"top", server.Address() + "/x"}), 2, each.line);
  }
  std::string gone;
  {
    const FakeServer server({});
    gone = server.Address();
  }
  ExpectRefused(folder.Run({"top", gone + "/x"}), 2, "Connection refused");
  ExpectRefused(folder.Run({"top", "ftp://host/x"}), 2, "no address of http");
}

TEST(Sources, CurlForHttps) {
  ToolFolder folder;
  folder.Write("cpu.prof", ParseAndSort());
  const std::string text = folder.Run({"top", "cpu.prof"}).out;
  const auto top = [&](const std::string& curl) {
    folder.WriteBytes("curl",
                      "#!/bin/sh\necho \"$@\" > asked\ncat >> asked\n" + curl);
    return folder.Sh(
        "chmod +x curl && PATH=.:$PATH $TOOL top --timeout=7 "
        "https://me:secret@h/x");
  };
  EXPECT_EQ(top("printf 'HTTP/2 200 \r\n\r\n'; cat cpu.prof").out, text);
  // No list of processes shows the password.
  EXPECT_EQ(folder.Read("asked"),
            "--silent --show-error --include --raw --globoff "
            "--suppress-connect-headers --max-time 7 --config -\n"
            "url = \"https://me:secret@h/x\"\nrequest = \"GET\"\n");
  ExpectRefused(top("printf 'HTTP/1.1 404 Lost\r\n\r\nno such profile'"), 2,
                "https://h/x: 404 Lost: no such profile");
  ExpectRefused(top("echo 'curl: (6) no host' >&2; exit 6"), 2, "no host");
}

TEST(Sources, OurOwnServer) {
  const ToolFolder folder;
  RunningProgram service(
      {TOOL, "run", "--profile_http=localhost:0", "--", SERVICE});
  ASSERT_TRUE(service.HasSaid("started"));
  const std::string address =
      "http://localhost:" + std::to_string(service.Port());
  const ProgramResult top = folder.Run({"top", "--seconds=1", address});
  EXPECT_EQ(top.exit_code, 0) << top.err;
  EXPECT_TRUE(Has(top.out, "Type: cpu\n")) << top.out;
  const ProgramResult threads =
      folder.Run({"traces", address + "/debug/pprof/threads"});
  EXPECT_TRUE(Has(threads.out, "main")) << threads.err;
  ExpectRefused(folder.Run({"top", address + "/debug/pprof/no_such"}), 2,
                "404 ");
  service.EndInput();
}

TEST(Sources, ProgressOnATerminalGoesAway) {
  const ToolFolder folder;
  FakeServer server({HttpText("200 OK", Bytes())});
  const TerminalResult result = RunOnTerminal(
      {TOOL, "top", "--color=never", server.Address(), "--seconds=3"}, 200,
      folder.path());
  EXPECT_EQ(result.exit_code, 0);
  const size_t progress = result.text.find(" s of 3 s, http://127.0.0.1");
  ASSERT_NE(progress, std::string::npos) << result.text;
  EXPECT_NE(result.text.find("\r\x1b[K", progress), std::string::npos);
}

TEST(Sources, FoldersOfBenchmarks) {
  const ToolFolder folder;
  mkdir((folder.path() + "/cpu.prof.d").c_str(), 0755);
  folder.Write("cpu.prof.d/BM_Parse_8.prof",
               MakeParsed({{{"Parse", "main"}, 30000000}}));
  folder.Write("cpu.prof.d/BM_Sort.prof",
               MakeParsed({{{"Sort", "main"}, 10000000}}));
  folder.WriteBytes("cpu.prof.d/index.json", R"({"format": 2, "kind": "cpu",
      "profile": "cpu.prof", "rate": 1000, "period": 1000000,
      "benchmem": false, "context": {"command": null, "host": null,
      "cpus": null, "mhz": null, "cpu_model": null, "load": null,
      "governor": null, "compiler": null, "build_type": null, "git": null},
      "benchmarks": [
        {"name": "BM_Parse/8", "file": "BM_Parse_8.prof", "complete": true,
         "iterations": 10, "repetitions": 1, "threads": 1,
         "cpu_seconds": 0.03, "real_seconds": 0.04, "samples": 30,
         "profiled_cpu_seconds": 0.03, "share_standard_error": 0.09,
         "runs": [{"repetition": 1, "start_nanos": 1, "iterations": 10,
           "cpu_seconds": 0.03, "real_seconds": 0.04, "allocs": 20,
           "bytes": 640, "samples": 30, "contentions": null, "delay": null}]},
        {"name": "BM_Sort", "file": "BM_Sort.prof", "complete": true,
         "iterations": 1, "repetitions": 1, "threads": 1,
         "cpu_seconds": null, "real_seconds": null, "samples": 1,
         "profiled_cpu_seconds": null, "share_standard_error": null,
         "runs": []},
        {"name": "BM_None", "file": null, "reason": "no samples",
         "complete": false, "iterations": 0, "repetitions": 0, "threads": 1,
         "cpu_seconds": null, "real_seconds": null, "samples": 0,
         "profiled_cpu_seconds": null, "share_standard_error": null,
         "runs": []}]})");
  const ProgramResult top = folder.Run({"top", "cpu.prof.d"});
  EXPECT_EQ(top.err, "");
  EXPECT_EQ(top.out,
            "BM_Parse/8  4ms/op, CPU 3ms/op, 2 allocs/op, 64 B/op, 30 samples\n"
            "      flat  flat%   sum%        cum   cum%\n"
            "       3ms   100%   100%        3ms   100%  Parse\n"
            "\n"
            "BM_Sort  1 sample\n"
            "      flat  flat%   sum%        cum   cum%\n"
            "      10ms   100%   100%       10ms   100%  Sort\n"
            "\n"
            "BM_None  0 samples, not complete\n");
  const std::string cum = folder.Run({"top", "--cum", "cpu.prof.d"}).out;
  EXPECT_TRUE(Has(cum, "         0     0%   100%        3ms   100%  main\n"))
      << cum;
  // Other commands take all of them together.
  const std::string tree = folder.Run({"tree", "cpu.prof.d"}).out;
  EXPECT_TRUE(Has(tree, "40ms total")) << tree;
}

}  // namespace
}  // namespace bench_profiler
