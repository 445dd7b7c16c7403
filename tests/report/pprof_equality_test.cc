// Our reports and those of `go tool pprof` for the same options are equal, byte
// by byte: of profiles that we write, also over HTTP, and of Go's.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <regex>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support/http_client.h"
#include "tests/support/program.h"
#include "tests/support/running_program.h"

namespace bench_profiler {
namespace {

using Words = std::vector<std::string>;

// With each profile.
constexpr const char* kAlways[] = {"top", "tree", "dot"};

// Each with some of the profiles. "peek REGEX"; BASE is another profile of the
// same kind.
constexpr const char* kSometimes[] = {
    "top -cum",
    "top -nodecount=3",
    "top -lines",
    "top -files",
    "top -filefunctions",
    "top -addresses",
    "top -addresses -noinlines",
    "top -lines -noinlines -cum",
    "top -compact_labels -nodecount=4",
    "top -trim=false -nodecount=10",
    "top -nodefraction=0.1",
    "top -unit=us -divide_by=118",
    "top -unit=kb",
    "top -divide_by=0.5",
    "top -mean",
    "top -sample_index=0",
    "top -sample_index=alloc_space",
    "top -sample_index=inuse_objects -unit=auto",
    "top -sample_index=nothing",
    "top -focus=Sort|json|main",
    "top -focus=nothing_at_all",
    "top -focus=(",
    "top -ignore=Sort|malloc",
    "top -hide=std::|runtime",
    "top -show=Sort|[Mm]ain|bench",
    "top -show_from=main|Sort",
    "top -prune_from=malloc|Sort",
    "top -relative_percentages -focus=Sort|main",
    "top -focus=(?i)SORT\\b -ignore=^_",
    "top -tagfocus=benchmark",
    "top -tagfocus=thread,benchmark",
    "top -tagignore=benchmark=BM_Sort.*",
    "top -tagfocus=bytes=16b:1kb",
    "top -tagfocus=:64kb",
    "top -tagshow=bench -taghide=thread",
    "top -source_path=/somewhere/text_suite:/usr/include/c++ -files",
    "top -trim_path=/usr/include -lines",
    "top -base=BASE",
    "top -diff_base=BASE",
    "top -diff_base=BASE -normalize",
    "top -base=BASE -drop_negative",
    "tree -cum -nodecount=6",
    "tree -noinlines",
    "tree -lines",
    "tree -trim=false",
    "tree -filefunctions -nodefraction=0.05 -edgefraction=0.02",
    "tree -focus=Sort -hide=^std",
    "tree -sample_index=0 -mean",
    "tree -tagroot=benchmark,thread",
    "tree -tagleaf=bytes",
    "tree -base=BASE -nodecount=10",
    "peek main|alloc",
    "peek Sort$ -cum",
    "peek no_such_function",
    "dot -nodecount=10",
    "dot -lines",
    "dot -addresses -nodecount=12",
    "dot -noinlines -edgefraction=0.02",
    "dot -focus=Sort|main -nodecount=15",
    "dot -taghide=.",
    "dot -tagshow=bytes",
    "dot -mean -sample_index=0",
    "dot -unit=ms -divide_by=3",
    "dot -base=BASE",
    "dot -call_tree -nodecount=0",
    "traces",
    "traces -lines -noinlines",
    "traces -addresses -focus=Sort|main -taghide=thread",
    "traces -mean -sample_index=0",
    "raw",
    "raw -focus=Sort|main -hide=^std|runtime",
    "raw -base=BASE",
    "tags",
    "tags -sample_index=0 -unit=us",
    "tags -tagfocus=benchmark -taghide=thread",
    "comments",
    "list .",
    "list Sort|main|Parse -source_path=/usr/include:/nowhere",
    "list alloc -noinlines -trim_path=/usr",
    "list no_such_function",
    "list . -base=BASE",
    "list main -focus=Sort -sample_index=0 -unit=ms -divide_by=7",
};
constexpr size_t kProfilesPerCombination = 5;

struct Profile {
  std::string path;
  std::string kind;  // "cpu": those whose values can be subtracted
};

class PprofEqualityTest : public testing::Test {
 protected:
  static bool IsThere(const std::string& program) {
    return std::system((program + " > /dev/null 2>&1").c_str()) == 0;
  }

  static std::string Pprof() {
    std::string path = RunProgram({"go", "tool", "-n", "pprof"}).out;
    while (!path.empty() && path.back() == '\n') path.pop_back();
    return path;
  }

  // Of a suite's run: files of the whole run and of each benchmark.
  void AddOurs() {
    Words command = {SAMPLE_BENCH, "--benchmark_min_time=0.01", "--benchmem"};
    for (const char* kind : {"cpu", "mem", "block", "mutex", "wall"}) {
      command.push_back("--" + std::string(kind) + "profile=" + kind + ".prof");
    }
    ProgramOptions options;
    options.directory = folder_.path();
    const ProgramResult result = RunProgram(command, options);
    ASSERT_EQ(result.exit_code, 0) << result.err;
    for (const char* kind : {"cpu", "mem", "block", "mutex", "wall"}) {
      const std::string file = folder_ / (std::string(kind) + ".prof");
      profiles_.push_back({file, kind});
      AddFolder(file + ".d", ".prof", kind);
    }
  }

  void AddFolder(const std::string& folder, const std::string& extension,
                 const std::string& kind) {
    Words files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() == extension) {
        files.push_back(entry.path().string());
      }
    }
    std::sort(files.begin(), files.end());
    for (const std::string& file : files) {
      profiles_.push_back(
          {file,
           kind.empty() ? std::filesystem::path(file).stem().string() : kind});
    }
  }

  void AddOverHttp() {
    RunningProgram program({SAMPLE_BENCH, "--profile_http=localhost:0",
                            "--benchmark_min_time=30",
                            "--benchmark_filter=ParseJson"});
    const int port = program.Port();
    for (const char* kind :
         {"profile?seconds=1", "heap", "allocs", "threads", "threadcreate"}) {
      const HttpAnswer answer = Get(port, "/debug/pprof/" + std::string(kind));
      ASSERT_EQ(answer.status, 200) << kind << ": " << answer.body;
      const std::string file = folder_ / ("http." + std::string(kind));
      std::ofstream(file, std::ios::binary) << answer.body;
      profiles_.push_back({file, "http." + std::string(kind)});
    }
  }

  void AddGos() {
    const std::string folder = folder_ / "go";
    const ProgramResult result = RunProgram({GO_PROFILES, folder});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    AddFolder(folder, ".gz", "");
  }

  TemporaryFolder folder_;
  std::vector<Profile> profiles_;
};

struct Comparison {
  Words options;  // the report's name first
  Words operands;
  std::string file;
  bool is_unordered = false;
};

// Whether pprof's order varies from run to run: for nodes of a tree that have
// the same name and cost, and for edges of 5 ms and of -5 ms.
bool HasAnyOrder(const std::string& text) {
  return text.find("call_tree") != std::string::npos ||
         (text.find("base=") != std::string::npos &&
          text.compare(0, 3, "top") != 0);
}

// Without what differs between versions of pprof, or between its runs.
std::string Comparable(std::string text, const Comparison& comparison) {
  // "Nov 27, 2026 at 7:10pm (UTC)", in pprof since October 2024
  // "2026-11-27 19:10:00 UTC", which also shows columns: "a.cc:10:0 s=5".
  text = std::regex_replace(text, std::regex("Time: [2A-Z][^\\\\\n\"]*"),
                            "Time: ");
  text = std::regex_replace(text, std::regex("(:[0-9]+):0 s="), "$1 s=");
  // The kernel's code, if nothing was seen in it: newer ones leave its
  // mappings.
  text = std::regex_replace(
      text,
      std::regex("\\n[0-9]+: 0x[0-9a-f/x]+ \\[(vdso|vsyscall)\\] +(?=\\n|$)"),
      "");
  if (!comparison.is_unordered) return text;
  text = std::regex_replace(text, std::regex("N[0-9]+|node[0-9]+"), "N");
  Words lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  std::sort(lines.begin(), lines.end());
  text.clear();
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string FirstDifference(const std::string& expected,
                            const std::string& actual) {
  std::istringstream left(expected);
  std::istringstream right(actual);
  std::string left_line;
  std::string right_line;
  while (true) {
    const bool has_left = static_cast<bool>(std::getline(left, left_line));
    const bool has_right = static_cast<bool>(std::getline(right, right_line));
    if (!has_left && !has_right) return "";
    if (!has_left) left_line = "(the end)";
    if (!has_right) right_line = "(the end)";
    if (left_line != right_line) {
      return "pprof: " + left_line + "\nours:  " + right_line + "\n";
    }
  }
}

// What is different; "" if nothing is.
std::string Compare(const std::string& pprof, const Comparison& comparison) {
  // Nothing is to be looked up in programs and libraries that are here.
  ProgramOptions options;
  options.environment = {{"PPROF_TOOLS", "/nonexistent"},
                         {"HOME", "/nonexistent"}};
  Words theirs = {pprof, "-" + comparison.options[0]};
  Words ours = {LAUNCHER, comparison.options[0]};
  if (!comparison.operands.empty()) {
    theirs.back() += "=" + comparison.operands[0];
  }
  for (Words* command : {&theirs, &ours}) {
    command->insert(command->end(), comparison.options.begin() + 1,
                    comparison.options.end());
  }
  ours.insert(ours.end(), comparison.operands.begin(),
              comparison.operands.end());
  theirs.push_back(comparison.file);
  ours.push_back(comparison.file);
  const ProgramResult expected = RunProgram(theirs, options);
  const ProgramResult actual = RunProgram(ours, options);
  std::string difference;
  if ((expected.exit_code == 0) != (actual.exit_code == 0)) {
    difference = "exit codes " + std::to_string(expected.exit_code) + ", " +
                 std::to_string(actual.exit_code) + "\n" + expected.err +
                 actual.err;
  } else if (expected.exit_code == 0) {
    const std::string right = Comparable(actual.out, comparison);
    std::string left = Comparable(expected.out, comparison);
    // Where pprof goes by the order of a map, which of two that are equal comes
    // first varies from run to run: one of a few has to be as ours.
    for (int run = 1; left != right && run < 4; run++) {
      left = Comparable(RunProgram(theirs, options).out, comparison);
    }
    if (left != right) difference = FirstDifference(left, right);
  }
  if (difference.empty()) return "";
  for (const std::string& word : ours) difference = word + " " + difference;
  return difference;
}

std::vector<Comparison> AllComparisons(const std::vector<Profile>& profiles) {
  std::vector<Comparison> all;
  const auto add = [&](const char* text, const Profile& profile) {
    Comparison comparison;
    std::istringstream stream(text);
    for (std::string word; stream >> word;) {
      const size_t base = word.find("BASE");
      if (base != std::string::npos) {
        // The last one: not often the profile itself.
        const auto other = std::find_if(
            profiles.rbegin(), profiles.rend(),
            [&](const Profile& each) { return each.kind == profile.kind; });
        word.replace(base, 4, other->path);
      }
      if (!comparison.options.empty() && word[0] != '-') {
        comparison.operands.push_back(word);
      } else {
        comparison.options.push_back(word);
      }
    }
    comparison.file = profile.path;
    comparison.is_unordered = HasAnyOrder(text);
    all.push_back(std::move(comparison));
  };
  for (const Profile& profile : profiles) {
    for (const char* text : kAlways) add(text, profile);
  }
  // A number without a common divisor with those of the profiles goes around.
  size_t next = 0;
  for (const char* text : kSometimes) {
    for (size_t i = 0; i < kProfilesPerCombination; i++) {
      add(text, profiles[next % profiles.size()]);
      next += 17;
    }
  }
  return all;
}

TEST_F(PprofEqualityTest, ReportsAreEqual) {
  if (!IsThere("go version")) GTEST_SKIP() << "there is no go";
  const std::string pprof = Pprof();
  ASSERT_NO_FATAL_FAILURE(AddOurs());
  ASSERT_NO_FATAL_FAILURE(AddOverHttp());
  ASSERT_NO_FATAL_FAILURE(AddGos());
  EXPECT_GE(profiles_.size(), 30u);

  const std::vector<Comparison> comparisons = AllComparisons(profiles_);
  std::vector<std::string> differences(comparisons.size());
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t i = next++; i < comparisons.size(); i = next++) {
      differences[i] = Compare(pprof, comparisons[i]);
    }
  };
  std::thread other(work);
  work();
  other.join();
  size_t differing = 0;
  for (const std::string& difference : differences) {
    if (difference.empty()) continue;
    differing++;
    ADD_FAILURE() << difference;
  }
  std::printf("%zu reports of %zu profiles: %zu differ\n", comparisons.size(),
              profiles_.size(), differing);
}

}  // namespace
}  // namespace bench_profiler
