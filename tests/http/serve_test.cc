// What Serve answers, endpoint by endpoint.
#include <atomic>
#include <cinttypes>
#include <future>
#include <vector>

#include "tests/http/serve_fixture.h"

namespace bench_profiler {
namespace {

TEST_F(HttpServeTest, IndexTellsWhatThereIs) {
  const HttpResponse response = Get("/debug/pprof/");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(HeaderOf(response, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(HeaderOf(response, "X-Content-Type-Options"), "nosniff");
  for (const char* part :
       {"Types of profiles available:", "full goroutine stack dump",
        "\"heap?debug=1\"", "\"profile\"", "\"../fgprof\"", "\"mutex\"",
        "\"block\"", "\"allocs\"", "\"threads\"", "\"threadcreate\"",
        "\"cmdline\"", "\"delta_heap\""}) {
    EXPECT_NE(response.body.find(part), std::string::npos) << part;
  }
  const HttpResponse moved = Get("/x/debug/pprof");
  EXPECT_EQ(moved.status, 301);
  EXPECT_EQ(HeaderOf(moved, "Location"), "pprof/");
}

TEST_F(HttpServeTest, CommandLine) {
  const HttpResponse response = Get("/debug/pprof/cmdline");
  EXPECT_EQ(HeaderOf(response, "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_NE(response.body.find("http_serve_test"), std::string::npos);
  EXPECT_NE(response.body.back(), '\0');
  EXPECT_EQ(Get("/pprof/cmdline").body, response.body);
}

TEST_F(HttpServeTest, TablesNow) {
  const HttpResponse response = Get("/some/prefix/debug/pprof/heap?gc=1");
  EXPECT_EQ(HeaderOf(response, "Content-Disposition"),
            "attachment; filename=\"heap\"");
  EXPECT_EQ(HeaderOf(response, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(Profile(response).default_type, "inuse_space");
  EXPECT_EQ(Profile(Get("/debug/pprof/allocs")).default_type, "alloc_space");
  EXPECT_EQ(Profile(Get("/pprof/heap")).default_type, "inuse_space");
  EXPECT_GT(Profile(Get("/debug/pprof/goroutine")).Sum("goroutine"), 0);
  Profile(Get("/debug/pprof/threadcreate"));
}

TEST_F(HttpServeTest, PagesOfProfiles) {
  const HttpResponse page = Get("/debug/pprof/goroutine?format=html");
  EXPECT_EQ(page.status, 200) << page.body;
  EXPECT_EQ(HeaderOf(page, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(HeaderOf(page, "Content-Disposition"), "");
  EXPECT_NE(page.body.find("id=\"bench-profiler-data\""), std::string::npos);
  EXPECT_NE(Get("/debug/pprof/").body.find("\"goroutine?format=html\""),
            std::string::npos);
  // What is no profile is no page, and an error stays one.
  EXPECT_EQ(Get("/debug/pprof/cmdline?format=html").status, 400);
  EXPECT_EQ(Get("/debug/pprof/none?format=html").status, 404);
}

// Asks before all tests, whichever comes first, for what some of them turn on.
class BeforeAllTests : public testing::Environment {
 public:
  struct Answers {
    HttpResponse profile;
    HttpResponse text;
  };

  void SetUp() override {
    for (const char* name : {"block", "mutex"}) {
      const std::string path = std::string("/debug/pprof/") + name;
      answers_.push_back({Get(path), Get(path + "?debug=1")});
    }
  }
  const std::vector<Answers>& answers() const { return answers_; }

 private:
  std::vector<Answers> answers_;
};

const auto* const before_all_tests = static_cast<BeforeAllTests*>(
    testing::AddGlobalTestEnvironment(new BeforeAllTests));

// A profile that nobody has turned on is an empty one.
TEST_F(HttpServeTest, WhatIsOffIsEmpty) {
  EXPECT_EQ(before_all_tests->answers().size(), 2u);
  for (const auto& answers : before_all_tests->answers()) {
    const ProfileView profile = Profile(answers.profile);
    EXPECT_EQ(profile.samples.size(), 0u);
    EXPECT_EQ(profile.default_type, "delay");
    EXPECT_TRUE(profile.HasComment("never turned on"));
    EXPECT_EQ(answers.text.status, 200);
    EXPECT_NE(answers.text.body.find("cycles/second="), std::string::npos);
  }
  EXPECT_EQ(Profile(Get("/pprof/contention")).default_type, "delay");
}

TEST_F(HttpServeTest, AsText) {
  const HttpResponse heap = Get("/debug/pprof/heap?debug=1");
  EXPECT_EQ(HeaderOf(heap, "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(HeaderOf(heap, "Content-Disposition"), "");
  EXPECT_EQ(heap.body.rfind("heap profile: ", 0), 0u) << heap.body;
  EXPECT_EQ(Get("/debug/pprof/heap?debug=-7").body.rfind("heap profile: ", 0),
            0u);
  EXPECT_EQ(Get("/debug/pprof/goroutine?debug=2").body.rfind("goroutine ", 0),
            0u);
}

TEST_F(HttpServeTest, CustomProfilesByAnyName) {
  const std::string name = "my \"app\"/<files>&100%\xC3\xA9";
  pprof::Profile* files = pprof::NewProfile(name.c_str());
  ASSERT_NE(files, nullptr);
  int file = 0;
  EXPECT_OK(files->Add(&file, 0));
  const std::string path = "my%20%22app%22%2F%3Cfiles%3E%26100%25%C3%A9";
  const HttpResponse response = Get("/debug/pprof/" + path);
  EXPECT_EQ(Profile(response).samples.size(), 1u);
  EXPECT_EQ(HeaderOf(response, "Content-Disposition"),
            "attachment; filename=\"my _app_/<files>&100%__\"");
  const std::string page = Get("/debug/pprof/").body;
  EXPECT_NE(page.find("\"" + path + "?debug=1\""), std::string::npos);
  EXPECT_NE(page.find("my &#34;app&#34;/&lt;files&gt;&amp;100%"),
            std::string::npos);
  EXPECT_EQ(page.find("<files>"), std::string::npos);
  EXPECT_EQ(Get("/debug/pprof/" + path + "?seconds=1").body,
            "\"seconds\" parameter is not supported for this profile type\n");
}

TEST_F(HttpServeTest, Errors) {
  struct Case {
    const char* method;
    const char* target;
    int status;
    const char* text;
  };
  constexpr char kNoSeconds[] =
      "invalid value for \"seconds\" - must be a positive integer\n";
  constexpr char kTooLong[] =
      "invalid value for \"seconds\" - must not be more than 3600\n";
  const Case cases[] = {
      {"GET", "/debug/pprof/nothing", 404, "Unknown profile\n"},
      {"GET", "/debug/pprof/heap%00", 404, "Unknown profile\n"},
      {"GET", "/debug/pprof/hea%7", 404, "Unknown profile\n"},
      {"GET", "/pprof/growth", 404, "Unknown profile\n"},
      {"GET", "/elsewhere", 404, "Unknown profile\n"},
      {"GET", "/debug/pprof/nothing?seconds=abc", 404, "Unknown profile\n"},
      {"GET", "/debug/pprof/heap?seconds=-1", 400, kNoSeconds},
      {"GET", "/debug/pprof/heap?seconds=0", 400, kNoSeconds},
      {"GET", "/debug/pprof/heap?seconds=1e9", 400, kNoSeconds},
      {"HEAD", "/debug/pprof/heap?seconds=abc", 400, ""},
      {"GET", "/debug/pprof/block?seconds=3601", 400, kTooLong},
      {"GET", "/debug/pprof/profile?seconds=1000000000", 400, kTooLong},
      {"GET", "/debug/fgprof?seconds=3601", 400, kTooLong},
      {"GET", "/debug/pprof/heap?seconds=1&debug=1", 400,
       "seconds and debug params are incompatible\n"},
      {"GET", "/debug/pprof/profile?hertz=many", 400,
       "invalid value for \"hertz\" - must be from 1 to 10000\n"},
      {"GET", "/debug/pprof/profile?clock=sun", 400,
       "invalid value for \"clock\" - must be thread, task or instructions\n"},
      {"POST", "/debug/pprof/heap", 405, "Method Not Allowed\n"},
      {"DELETE", "/debug/pprof/symbol", 405, "Method Not Allowed\n"},
  };
  for (const Case& one : cases) {
    const HttpResponse response = Ask(one.method, one.target);
    EXPECT_EQ(response.status, one.status) << one.target;
    EXPECT_EQ(response.body, one.text) << one.target;
    EXPECT_EQ(HeaderOf(response, "Content-Type"), "text/plain; charset=utf-8");
    EXPECT_EQ(HeaderOf(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(HeaderOf(response, "X-Go-Pprof"), "1");
    EXPECT_EQ(HeaderOf(response, "Content-Disposition"), "");
  }
  EXPECT_EQ(HeaderOf(Ask("PUT", "/debug/pprof/"), "Allow"), "GET, HEAD");
  EXPECT_EQ(HeaderOf(Ask("PUT", "/debug/pprof/symbol"), "Allow"),
            "GET, HEAD, POST");
}

TEST_F(HttpServeTest, HeadIsTheHeadOnly) {
  for (const char* target :
       {"/debug/pprof/", "/debug/pprof/heap", "/debug/pprof/heap?seconds=3600",
        "/debug/pprof/profile?seconds=3600", "/debug/pprof/delta_heap"}) {
    const HttpResponse response = Ask("HEAD", target);
    EXPECT_EQ(response.status, 200) << target;
    EXPECT_EQ(response.body, "") << target;
    EXPECT_NE(HeaderOf(response, "Content-Type"), "") << target;
  }
}

// Not inlined, and not merged with another one.
__attribute__((noinline)) void NamedFunction() { spin_sink = 4711; }

TEST_F(HttpServeTest, Symbols) {
  NamedFunction();
  char address[32];
  std::snprintf(address, sizeof(address), "0x%" PRIxPTR,
                reinterpret_cast<uintptr_t>(&NamedFunction));
  const std::string words = std::string(address) + "+0x7+nonsense";
  for (const char* path : {"/debug/pprof/symbol", "/pprof/symbol"}) {
    for (const HttpResponse& response :
         {Ask("POST", path, words), Get(path + ("?" + words))}) {
      EXPECT_EQ(response.status, 200);
      EXPECT_EQ(HeaderOf(response, "Content-Type"),
                "text/plain; charset=utf-8");
      EXPECT_EQ(
          response.body.rfind("num_symbols: 1\n" + std::string(address), 0), 0u)
          << response.body;
      EXPECT_NE(response.body.find("NamedFunction"), std::string::npos);
      EXPECT_EQ(response.body.find("0x7"), std::string::npos);
    }
    EXPECT_EQ(Get(path).body, "num_symbols: 1\n");
  }
}

// What tells whether `go tool pprof` can read a profile.
TEST_F(HttpServeTest, GoToolPprofReadsIt) {
  for (const char* target : {"/debug/pprof/heap", "/debug/pprof/goroutine"}) {
    Profile(Get(target));
    const ProgramResult raw =
        RunProgram({"go", "tool", "pprof", "-raw", path_});
    if (raw.exit_code == 127) GTEST_SKIP() << "go is not installed";
    EXPECT_EQ(raw.exit_code, 0) << raw.err;
    EXPECT_NE(raw.out.find("Samples:"), std::string::npos) << raw.out;
  }
}

}  // namespace
}  // namespace bench_profiler
