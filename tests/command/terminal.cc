#include "tests/command/terminal.h"

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace bench_profiler {

TerminalResult RunOnTerminal(const std::vector<std::string>& arguments,
                             unsigned short columns, const std::string& folder,
                             const std::string& input) {
  winsize size = {};
  size.ws_row = 24;
  size.ws_col = columns;
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) {
    alarm(60);  // so that a test cannot hang
    setenv("TERM", "xterm", 1);
    unsetenv("NO_COLOR");
    if (chdir(folder.c_str()) != 0) _exit(126);
    std::vector<char*> argv;
    for (const std::string& argument : arguments) {
      argv.push_back(const_cast<char*>(argument.c_str()));
    }
    argv.push_back(nullptr);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  TerminalResult result;
  if (child < 0) return result;
  if (!input.empty() && write(terminal, input.data(), input.size()) < 0) {
    return result;
  }
  char buffer[4096];
  // A terminal that nobody has open any more gives an error.
  for (ssize_t got = 1; got > 0;) {
    got = read(terminal, buffer, sizeof(buffer));
    if (got > 0) result.text.append(buffer, static_cast<size_t>(got));
  }
  int status = 0;
  waitpid(child, &status, 0);
  close(terminal);
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  return result;
}

}  // namespace bench_profiler
