#include "bench_profiler/run/session_context.h"

#include <cstdlib>

namespace bench_profiler {
namespace {

// The profiler calls no git: a program may run far from its sources. So whoever
// runs it tells the revision, or its CI does.
const char* GitRevision() {
  for (const char* name : {
           "BENCH_PROFILER_GIT_REVISION",
           "GITHUB_SHA",     // GitHub Actions
           "CI_COMMIT_SHA",  // GitLab
           "GIT_COMMIT",     // Jenkins
       }) {
    const char* value = std::getenv(name);
    if (value != nullptr && value[0] != '\0') return value;
  }
  return "";
}

}  // namespace

void FillInContext(const Program& program, const std::string& command_line,
                   Session* of) {
  of->command = command_line;
  of->git_revision = GitRevision();
  RawContext& context = of->context;
  context.command = of->command.c_str();
  context.git_revision = of->git_revision.c_str();
  context.compiler = program.compiler;
  context.build_type = program.build_type;
  double load[3];
  if (getloadavg(load, 3) == 3) {
    for (int i = 0; i < 3; ++i) context.load[i] = load[i];
  }
}

}  // namespace bench_profiler
