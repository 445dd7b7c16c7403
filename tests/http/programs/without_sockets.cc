// Runs a program in which socket(2) fails: without_sockets PROGRAM ARGUMENT...
#include <unistd.h>

#include "tests/http/forbid_sockets.h"

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  bench_profiler::ForbidSockets();
  execvp(argv[1], argv + 1);
  return 127;
}
