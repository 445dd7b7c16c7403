// A descriptor of a socket of ours, in a program that does not know of it.
//
//   OwnDescriptor listening;
//   listening.Take(fd);
//   const int fd = listening.Get();   // -1: the program has closed it
//   listening.Close();
//
// Programs close descriptors that are not theirs, as daemons do when they
// start, and then the number may be that of a file of the program's. So each
// use begins with a look whether it still is the same socket. To be in nobody's
// way, numbers are large where they may be: the first file that a program opens
// is 3, as without us. Async-signal-safe.
#ifndef BENCH_PROFILER_HTTP_OWN_DESCRIPTOR_H_
#define BENCH_PROFILER_HTTP_OWN_DESCRIPTOR_H_

#include <sys/types.h>

#include <atomic>

namespace bench_profiler {

class OwnDescriptor {
 public:
  constexpr OwnDescriptor() = default;
  OwnDescriptor(const OwnDescriptor&) = delete;
  OwnDescriptor& operator=(const OwnDescriptor&) = delete;

  // `fd` is a socket, or -1 for none. Its number changes.
  void Take(int fd);

  int Get() const;

  // Does nothing if it is not ours any more.
  void Close();

  bool IsEmpty() const { return fd_.load() < 0; }

 private:
  // Taken out of here before it is closed: a forked child closes what it finds.
  std::atomic<int> fd_{-1};
  std::atomic<ino_t> inode_{0};  // no two sockets have the same
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_OWN_DESCRIPTOR_H_
