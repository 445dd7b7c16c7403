#include "bench_profiler/command/push_labels.h"

#include <cstddef>
#include <cstdlib>

namespace bench_profiler {
namespace {

constexpr char kService[] = "service_name";
constexpr char kCommit[] = "commit";
constexpr char kBranch[] = "branch";

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_';
}

// Prometheus' rule for names of labels. Those with "__" are the store's own.
bool IsLabelName(const std::string& name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  if (name.compare(0, 2, "__") == 0) return false;
  for (const char c : name) {
    if (!IsWordCharacter(c)) return false;
  }
  return true;
}

// "my_bench" of "/build/my_bench --benchmark_filter=Sort".
std::string ProgramOf(const std::string& command) {
  const std::string path = command.substr(0, command.find(' '));
  return path.substr(path.rfind('/') + 1);
}

// The first of these variables that has a value.
std::string FromEnvironment(const std::vector<const char*>& names) {
  for (const char* name : names) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return "";
}

void AddMissing(const char* name, const std::string& value,
                PushLabels* labels) {
  if (!value.empty()) labels->emplace(name, value);
}

}  // namespace

Outcome ReadPushLabels(const std::vector<std::string>& words,
                       PushLabels* labels) {
  for (const std::string& word : words) {
    const size_t equals = word.find('=');
    std::string name = word.substr(0, equals);
    if (equals == std::string::npos || !IsLabelName(name)) {
      return WrongUse("--label=" + word +
                      ": KEY=VALUE is expected, with letters, digits and _ in "
                      "the key");
    }
    if (name == "service") name = kService;
    (*labels)[name] = word.substr(equals + 1);
  }
  return {};
}

void CompletePushLabels(const BenchmarkIndex& index, PushLabels* labels) {
  AddMissing(kService, ProgramOf(index.context.command), labels);
  AddMissing(kService, "bench_profiler", labels);
  AddMissing(kCommit, FromEnvironment({"GITHUB_SHA", "CI_COMMIT_SHA"}), labels);
  AddMissing(kCommit, index.context.git, labels);
  // GITHUB_REF_NAME of a pull request is "12/merge".
  AddMissing(kBranch,
             FromEnvironment({"GITHUB_HEAD_REF", "GITHUB_REF_NAME",
                              "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
                              "CI_COMMIT_BRANCH"}),
             labels);
}

std::string SelectorOf(const PushLabels& labels) {
  std::string text;
  for (const auto& [name, value] : labels) {
    text += (text.empty() ? "" : ", ") + name + "=\"";
    for (const char c : value) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  }
  return "{" + text + "}";
}

std::string PushedName(const std::string& kind) {
  if (kind == "cpu") return "process_cpu";
  if (kind == "heap") return "memory";
  if (kind == "threads") return "goroutine";
  // "block", "mutex" and "wall" are called so there, too.
  std::string name = kind.empty() ? "unknown" : kind;
  for (char& c : name) {
    if (!IsWordCharacter(c)) c = '_';
  }
  return name;
}

}  // namespace bench_profiler
