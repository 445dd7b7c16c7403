// Tells of forks. A forked child is a process that nobody profiles, until it
// starts a profile of its own.
//
//   static constexpr ForkHandlers handlers = {Before, InParent, InChild};
//   AddForkHandlers(&handlers);      // from now on, around each fork(2)
//   if (InForkedChild()) return;     // after vfork, _Fork and clone, too
//   AdoptProcess();                  // something will be profiled here
//
// A child has only the thread that forked, with a copy of the memory, which
// other threads may have been changing at that moment. So the child does not
// look at what they may have held: it stays where it is, for ever, and new
// objects take its place.
//
// - Timers: there are none, since those of timer_create(2) stay with the
//   parent.
// - Perf events are open in both, and count the parent's threads. An exec
//   closes them.
// - The signal handler stays, since it calls that of the program
//   (interpose/signal_hooks.cc). No sample's signal comes.
// - Thread events are off: pthread_create passes the call on, and nobody is
//   told when the thread that forked ends.
// - CpuThreads are new, with their lock, their entries and their buffers.
// - The thread of the wall-clock profile is not there, and what it has seen is
//   made anew. Requests for stacks are free again.
// - The table of what created threads is new, and off until somebody looks.
// - The heap's table is new: its rows are of what the child allocates.
// - The allocator hooks lead to the allocator itself, and the table of the
//   blocks in use is new. After a fork without handlers they go on counting,
//   and do not wait for a spin lock that is held (sampled_blocks.cc).
// - The lock hooks lead to libc, and the tables of who waits and who waited are
//   new. After a fork without handlers they go on, and whoever finds a part of
//   the table held gives that part up (collectors/locks/waiters.cc).
// - Sampling is new: nobody listens, no rate is set, no thread is in a
//   section. What is hidden stays hidden. SampleSets belong to their owners.
// - The session is off: it neither drains nor writes, and an interrupt that
//   came to the parent does nothing.
// - The HTTP server is not there: the child closes its copies of the sockets.
// - Label sets go on, since they never change once they exist.
#ifndef BENCH_PROFILER_PLATFORM_FORK_EVENTS_H_
#define BENCH_PROFILER_PLATFORM_FORK_EVENTS_H_

namespace bench_profiler {

// Each may be null. `in_child` has to be async-signal-safe: no lock, no malloc.
struct ForkHandlers {
  void (*before)() = nullptr;
  void (*in_parent)() = nullptr;
  void (*in_child)() = nullptr;
};

// From now on `handlers` are called around each fork(2), all of them in the
// order in which they were added. Adding the same again changes nothing. The
// process that makes the first call is the one that is profiled. Thread-safe.
void AddForkHandlers(const ForkHandlers* handlers);

// Returns whether this process is not the profiled one. One system call;
// async-signal-safe.
bool InForkedChild();

// Makes this process the one that is profiled: InForkedChild() is false in it
// from now on. Calls the handlers `in_child` if it was made in a way that did
// not. Harmless in the process that is profiled.
void AdoptProcess();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_FORK_EVENTS_H_
