#include "bench_profiler/command/subprocess.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>

namespace bench_profiler {
namespace {

void Close(int* fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

// Sockets, since a write to a pipe that nobody reads would raise SIGPIPE.
struct Channel {
  Channel() {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0) {
      ours = pair[0];
      theirs = pair[1];
    }
  }
  ~Channel() {
    Close(&ours);
    Close(&theirs);
  }
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  int ours = -1;
  int theirs = -1;
};

// Appends what can be read. Closes the channel at its end.
void Read(Channel* channel, std::string* text) {
  char buffer[65536];
  const ssize_t size =
      recv(channel->ours, buffer, sizeof(buffer), MSG_DONTWAIT);
  if (size > 0) {
    text->append(buffer, static_cast<size_t>(size));
  } else if (size == 0 || (errno != EAGAIN && errno != EINTR)) {
    Close(&channel->ours);
  }
}

void Write(Channel* channel, const std::string& input, size_t* written) {
  const ssize_t size =
      send(channel->ours, input.data() + *written, input.size() - *written,
           MSG_DONTWAIT | MSG_NOSIGNAL);
  if (size > 0) *written += static_cast<size_t>(size);
  const bool is_broken = size < 0 && errno != EAGAIN && errno != EINTR;
  if (is_broken || *written == input.size()) Close(&channel->ours);
}

bool Start(const std::vector<std::string>& command, const Channel& in,
           const Channel& out, const Channel& err, pid_t* process) {
  std::vector<char*> argv;
  argv.reserve(command.size() + 1);
  for (const std::string& word : command) {
    argv.push_back(const_cast<char*>(word.c_str()));
  }
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.theirs, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.theirs, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.theirs, STDERR_FILENO);
  const int code =
      posix_spawnp(process, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return code == 0;
}

}  // namespace

bool RunSubprocess(const std::vector<std::string>& command,
                   const std::string& input,
                   const std::function<void()>& waiting,
                   SubprocessResult* result) {
  Channel in, out, err;
  pid_t process = 0;
  if (err.ours < 0 || out.ours < 0 || in.ours < 0 ||
      !Start(command, in, out, err, &process)) {
    return false;
  }
  Close(&in.theirs);
  Close(&out.theirs);
  Close(&err.theirs);
  size_t written = 0;
  if (input.empty()) Close(&in.ours);
  while (out.ours >= 0 || err.ours >= 0) {
    if (waiting != nullptr) waiting();
    // Negative descriptors are left out.
    pollfd waited[] = {
        {in.ours, POLLOUT, 0}, {out.ours, POLLIN, 0}, {err.ours, POLLIN, 0}};
    if (poll(waited, 3, 200) <= 0) continue;
    if (waited[0].revents != 0) Write(&in, input, &written);
    if (waited[1].revents != 0) Read(&out, &result->out);
    if (waited[2].revents != 0) Read(&err, &result->err);
  }
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  result->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return true;
}

}  // namespace bench_profiler
