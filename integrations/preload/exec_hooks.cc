#include "exec_hooks.h"

#include <alloca.h>
#include <dlfcn.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>

namespace bench_profiler {
namespace {

constexpr char kPreload[] = "LD_PRELOAD=";
constexpr char kOurs[] = "BENCH_PROFILER_";

using Execute = int (*)(const char* name, char* const* argv);
using ExecuteWith = int (*)(const char* name, char* const* argv,
                            char* const* environment);

// These are looked up early, since the child of a fork must not do so if its
// parent had several threads.
Execute next_execv = nullptr;
Execute next_execvp = nullptr;
ExecuteWith next_execve = nullptr;
ExecuteWith next_execvpe = nullptr;

// The variables that are handed on, as "NAME=value". Never freed.
constexpr size_t kMaxVariables = 32;
char* variables[kMaxVariables];
size_t num_variables = 0;
pid_t owner = 0;

// Returns whether an executed program gets these variables. Not so in a child,
// even if it is one of vfork and shares our memory.
bool HandsOn() { return num_variables > 0 && getpid() == owner; }

bool StartsWith(const char* text, const char* start) {
  return std::strncmp(text, start, std::strlen(start)) == 0;
}

// Returns whether the variables are only for this process.
bool KeepsToThisProcess() {
  const char* process = std::getenv("BENCH_PROFILER_OWNER");
  return process != nullptr && process == std::to_string(getpid()) &&
         std::getenv("BENCH_PROFILER_FOLLOW_CHILDREN") == nullptr;
}

void HandOn(const char* variable) {
  if (num_variables == kMaxVariables) return;
  owner = getpid();
  variables[num_variables++] = strdup(variable);
}

size_t Count(char* const* environment) {
  size_t count = 0;
  while (environment != nullptr && environment[count] != nullptr) ++count;
  return count;
}

size_t SizeWithOurs(char* const* environment) {
  return (Count(environment) + num_variables + 1) * sizeof(char*);
}

// Makes an environment with our variables in `copy`, which must have the size
// that SizeWithOurs returns. Does not allocate, since exec may be called where
// that is not allowed.
char** WithOurs(char* const* environment, void* copy) {
  char** const all = static_cast<char**>(copy);
  size_t size = 0;
  for (size_t i = 0, count = Count(environment); i < count; ++i) {
    if (!StartsWith(environment[i], kPreload) &&
        !StartsWith(environment[i], kOurs)) {
      all[size++] = environment[i];
    }
  }
  for (size_t i = 0; i < num_variables; ++i) all[size++] = variables[i];
  all[size] = nullptr;
  return all;
}

template <class Function>
Function Next(Function known, const char* symbol) {
  return known != nullptr
             ? known
             : reinterpret_cast<Function>(dlsym(RTLD_NEXT, symbol));
}

int ExecuteWithEnvironment(ExecuteWith execute, const char* name,
                           char* const* argv, char* const* environment) {
  if (!HandsOn()) return execute(name, argv, environment);
  return execute(name, argv,
                 WithOurs(environment, alloca(SizeWithOurs(environment))));
}

// Calls an exec function that takes the environment from `environ`.
int ExecuteWithEnviron(Execute execute, const char* name, char* const* argv) {
  if (!HandsOn()) return execute(name, argv);
  char** const saved = environ;
  environ = WithOurs(saved, alloca(SizeWithOurs(saved)));
  const int result = execute(name, argv);
  environ = saved;
  return result;
}

}  // namespace

void KeepLibraryToThisProcess() {
  next_execv = Next(next_execv, "execv");
  next_execvp = Next(next_execvp, "execvp");
  next_execve = Next(next_execve, "execve");
  next_execvpe = Next(next_execvpe, "execvpe");
  const char* users = std::getenv("BENCH_PROFILER_LD_PRELOAD");
  const char* preload = std::getenv("LD_PRELOAD");
  if (users == nullptr || preload == nullptr || !KeepsToThisProcess()) return;
  HandOn((kPreload + std::string(preload)).c_str());
  if (*users == '\0') {
    unsetenv("LD_PRELOAD");
  } else {
    setenv("LD_PRELOAD", users, 1);
  }
}

void KeepVariablesToThisProcess() {
  if (!KeepsToThisProcess()) return;
  char** kept = environ;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (StartsWith(*variable, kOurs)) {
      HandOn(*variable);
    } else {
      *kept++ = *variable;
    }
  }
  *kept = nullptr;
}

}  // namespace bench_profiler

extern "C" {

__attribute__((visibility("default"))) int execve(const char* path,
                                                  char* const* argv,
                                                  char* const* environment) {
  return bench_profiler::ExecuteWithEnvironment(
      bench_profiler::Next(bench_profiler::next_execve, "execve"), path, argv,
      environment);
}

__attribute__((visibility("default"))) int execvpe(const char* file,
                                                   char* const* argv,
                                                   char* const* environment) {
  return bench_profiler::ExecuteWithEnvironment(
      bench_profiler::Next(bench_profiler::next_execvpe, "execvpe"), file, argv,
      environment);
}

__attribute__((visibility("default"))) int execv(const char* path,
                                                 char* const* argv) {
  return bench_profiler::ExecuteWithEnviron(
      bench_profiler::Next(bench_profiler::next_execv, "execv"), path, argv);
}

__attribute__((visibility("default"))) int execvp(const char* file,
                                                  char* const* argv) {
  return bench_profiler::ExecuteWithEnviron(
      bench_profiler::Next(bench_profiler::next_execvp, "execvp"), file, argv);
}

}  // extern "C"
