// What a forked child is to the profiler: a process that nobody profiles, until
// it starts a profile of its own.
//
//   static constexpr ForkHandlers handlers = {Before, InParent, InChild};
//   AddForkHandlers(&handlers);      // from now on, around each fork(2)
//   if (InForkedChild()) return;     // after vfork, _Fork and clone, too
//   AdoptProcess();                  // something is to be profiled here
//
// A child has only the thread that forked, in a copy of memory that other
// threads were in the middle of changing. So what they may have held is not
// looked at: it is left where it is, for ever, and new objects take its place.
//
//   timers             none: those of timer_create(2) stay with the parent.
//   perf events        open in both, and of the parent's threads; an exec
//                      closes them.
//   the signal handler stays, since the program's own is called by it
//                      (signal_hooks.cc). No sample's signal comes.
//   thread events      off: pthread_create passes the call on, and the end of
//                      the thread that forked is told to nobody.
//   CpuThreads         new, and with it its lock, its entries and their
//   buffers. the heap's table   new: the child's rows are of what the child
//   allocates. allocator hooks    lead to the allocator itself; the table of
//   the blocks in
//                      use is new. Where no handler ran, they count on, and a
//                      spin lock that is held is given up (sampled_blocks.cc).
//   sampling           new: nobody listens, no rate is set, no thread is in a
//                      section. What is hidden stays so; SampleSets are their
//                      owners'.
//   the session        is off: it neither drains nor writes, nor does an
//                      interrupt that came to the parent.
//   label sets         go on: they never change once they are there.
#ifndef BENCH_PROFILER_PLATFORM_FORK_EVENTS_H_
#define BENCH_PROFILER_PLATFORM_FORK_EVENTS_H_

namespace bench_profiler {

// Each may be null. `in_child` is async-signal-safe: no lock, no malloc.
struct ForkHandlers {
  void (*before)() = nullptr;
  void (*in_parent)() = nullptr;
  void (*in_child)() = nullptr;
};

// From now on `handlers` are called around each fork(2), in the order in which
// they were added. Added again they are there once. The process of the first
// call is the one that is profiled. Thread-safe.
void AddForkHandlers(const ForkHandlers* handlers);

// Whether this is another process than the profiled one. One system call;
// async-signal-safe.
bool InForkedChild();

// Makes this process the one that is profiled: InForkedChild() is false in it
// from now on. Calls the handlers `in_child` if it was made in a way that did
// not. Harmless in the process that is profiled.
void AdoptProcess();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_FORK_EVENTS_H_
