// Mutexes and read-write locks of all kinds.
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <initializer_list>
#include <mutex>
#include <thread>

#include "holder.h"
#include "lock_bad_days.h"

namespace {

timespec In(long milliseconds) {
  timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  time.tv_nsec += milliseconds * 1'000'000;
  time.tv_sec += time.tv_nsec / 1'000'000'000;
  time.tv_nsec %= 1'000'000'000;
  return time;
}

struct Attributes {
  int type = PTHREAD_MUTEX_NORMAL;
  int protocol = PTHREAD_PRIO_NONE;
  int robust = PTHREAD_MUTEX_STALLED;
  int shared = PTHREAD_PROCESS_PRIVATE;
};

void Make(pthread_mutex_t* mutex, const Attributes& wanted) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, wanted.type);
  pthread_mutexattr_setprotocol(&attributes, wanted.protocol);
  pthread_mutexattr_setrobust(&attributes, wanted.robust);
  pthread_mutexattr_setpshared(&attributes, wanted.shared);
  Check(pthread_mutex_init(mutex, &attributes) == 0, "init");
  pthread_mutexattr_destroy(&attributes);
}

}  // namespace

// Its owner ends: before somebody wants it, and while somebody waits for it.
void Robust() {
  for (const int protocol : {PTHREAD_PRIO_NONE, PTHREAD_PRIO_INHERIT}) {
    for (const int held_ms : {0, 20}) {
      pthread_mutex_t mutex;
      Make(&mutex, {PTHREAD_MUTEX_NORMAL, protocol, PTHREAD_MUTEX_ROBUST});
      std::atomic<bool> held{false};
      std::thread owner([&] {
        Check(pthread_mutex_lock(&mutex) == 0, "lock");
        held = true;
        SleepFor(held_ms);
      });
      while (!held) std::this_thread::yield();
      if (held_ms == 0) owner.join();
      Check(pthread_mutex_lock(&mutex) == EOWNERDEAD, "the owner is dead");
      Check(pthread_mutex_consistent(&mutex) == 0, "consistent");
      Check(pthread_mutex_unlock(&mutex) == 0, "unlock");
      Check(pthread_mutex_lock(&mutex) == 0, "lock again");
      Check(pthread_mutex_unlock(&mutex) == 0, "unlock again");
      if (owner.joinable()) owner.join();
      Check(pthread_mutex_destroy(&mutex) == 0, "destroy");
    }
  }
}

// What a caller gets from each kind, also for mistakes.
void Kinds() {
  pthread_mutex_t recursive;
  pthread_mutex_t checking;
  pthread_mutex_t inheriting;
  Make(&recursive, {PTHREAD_MUTEX_RECURSIVE});
  Make(&checking, {PTHREAD_MUTEX_ERRORCHECK});
  Make(&inheriting, {PTHREAD_MUTEX_ERRORCHECK, PTHREAD_PRIO_INHERIT});
  for (pthread_mutex_t* mutex : {&recursive, &checking, &inheriting}) {
    const bool is_recursive = mutex == &recursive;
    std::thread([&] {
      Check(pthread_mutex_unlock(mutex) == EPERM, "not locked");
    }).join();
    Check(pthread_mutex_lock(mutex) == 0, "lock");
    Check(pthread_mutex_lock(mutex) == (is_recursive ? 0 : EDEADLK), "twice");
    const timespec soon = In(20);
    std::thread([&] {
      Check(pthread_mutex_unlock(mutex) == EPERM, "not mine");
      Check(pthread_mutex_timedlock(mutex, &soon) == ETIMEDOUT, "timed out");
    }).join();
    if (is_recursive) Check(pthread_mutex_unlock(mutex) == 0, "one of two");
    std::thread waiter([&] {
      Check(pthread_mutex_lock(mutex) == 0, "lock after a wait");
      Check(pthread_mutex_unlock(mutex) == 0, "unlock after a wait");
    });
    SleepFor(10);
    Check(pthread_mutex_unlock(mutex) == 0, "unlock");
    waiter.join();
  }
  pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
  Check(pthread_rwlock_wrlock(&rwlock) == 0, "wrlock");
  Check(pthread_rwlock_wrlock(&rwlock) == EDEADLK, "wrlock twice");
  Check(pthread_rwlock_rdlock(&rwlock) == EDEADLK, "rdlock in wrlock");
  std::thread([&] {
    timespec time = In(20);
    Check(pthread_rwlock_timedrdlock(&rwlock, &time) == ETIMEDOUT, "timedrd");
    Check(pthread_rwlock_timedwrlock(&rwlock, &time) == ETIMEDOUT, "timedwr");
    time.tv_nsec = -1;
    Check(pthread_rwlock_timedrdlock(&rwlock, &time) == EINVAL, "no time");
  }).join();
  Check(pthread_rwlock_unlock(&rwlock) == 0, "rwlock unlock");
  timespec none = In(0);
  none.tv_nsec = 1'000'000'000;
  Check(pthread_rwlock_timedwrlock(&rwlock, &none) == EINVAL, "no time, free");
  sem_t semaphore;
  sem_init(&semaphore, 0, 1);
  errno = 0;
  Check(sem_timedwait(&semaphore, &none) == -1 && errno == EINVAL, "sem time");
  errno = 7;
  Check(sem_wait(&semaphore) == 0 && errno == 7, "sem");
  const timespec soon = In(10);
  Check(sem_timedwait(&semaphore, &soon) == -1 && errno == ETIMEDOUT,
        "sem timed out");
}

// Between two processes: the child, which nobody profiles, holds it.
void SharedByProcesses() {
  void* memory = mmap(nullptr, 4096, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  auto* mutex = static_cast<pthread_mutex_t*>(memory);
  Attributes attributes;
  attributes.shared = PTHREAD_PROCESS_SHARED;
  Make(mutex, attributes);
  auto* held =
      reinterpret_cast<std::atomic<int>*>(static_cast<char*>(memory) + 1024);
  std::thread([] {}).join();
  const pid_t child = fork();
  if (child == 0) {
    Check(pthread_mutex_lock(mutex) == 0, "lock in the child");
    held->store(1);
    SleepFor(30);
    Check(pthread_mutex_unlock(mutex) == 0, "unlock in the child");
    _exit(0);
  }
  while (held->load() == 0) std::this_thread::yield();
  Check(pthread_mutex_lock(mutex) == 0, "lock");
  Check(pthread_mutex_unlock(mutex) == 0, "unlock");
  int status = 1;
  waitpid(child, &status, 0);
  Check(status == 0, "the child");
}

// Whoever gets it last destroys it, and its memory is gone.
void DestroyedByTheWaiter() {
  for (int i = 0; i < 500; ++i) {
    void* memory = mmap(nullptr, 4096, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    auto* mutex = new (memory) std::mutex;
    mutex->lock();
    std::thread waiter([&] {
      mutex->lock();
      mutex->unlock();
      mutex->~mutex();
      munmap(memory, 4096);
    });
    SleepWhileOneWaits(mutex, 0);
    mutex->unlock();
    waiter.join();
  }
}
