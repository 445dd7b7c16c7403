// What threads wait for: counters with one lock and with many, a map that is
// mostly read, and a queue between producers and consumers.
#include <benchmark/benchmark.h>

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

#include "counters.h"

namespace contention {
namespace {

std::vector<std::string> Words() {
  std::vector<std::string> words;
  for (int i = 0; i < 1000; ++i) words.push_back("word" + std::to_string(i));
  return words;
}

// Each iteration counts all words.
template <class Counter>
void Count(benchmark::State& state) {
  static Counter counter;
  static const std::vector<std::string> words = Words();
  size_t next = static_cast<size_t>(state.thread_index()) * 100;
  for (auto _ : state) {
    for (size_t i = 0; i < words.size(); ++i) {
      counter.Add(words[next++ % words.size()]);
    }
  }
}

void BM_UnshardedCounter(benchmark::State& state) {
  Count<UnshardedCounter>(state);
}
BENCHMARK(BM_UnshardedCounter)->Threads(4)->UseRealTime();

void BM_ShardedCounter(benchmark::State& state) {
  Count<ShardedCounter>(state);
}
BENCHMARK(BM_ShardedCounter)->Threads(4)->UseRealTime();

// Settings that all threads read, and one of them changes now and then.
class Settings {
 public:
  int Get(const std::string& name) const {
    const std::shared_lock<std::shared_mutex> lock(mutex_);
    const auto found = settings_.find(name);
    return found == settings_.end() ? 0 : found->second;
  }

  // Makes a new map while everybody has to wait.
  void Reload(int value) {
    const std::lock_guard<std::shared_mutex> lock(mutex_);
    settings_.clear();
    for (int i = 0; i < 200; ++i) settings_["name" + std::to_string(i)] = value;
  }

 private:
  mutable std::shared_mutex mutex_;
  std::map<std::string, int> settings_;
};

void BM_Settings(benchmark::State& state) {
  static Settings settings;
  const bool reloads = state.thread_index() == 0;
  int reads = 0;
  for (auto _ : state) {
    if (reloads && ++reads % 100 == 0) settings.Reload(reads);
    benchmark::DoNotOptimize(settings.Get("name42"));
  }
}
BENCHMARK(BM_Settings)->Threads(4)->UseRealTime();

class Queue {
 public:
  void Put(int item) {
    std::unique_lock<std::mutex> lock(mutex_);
    has_room_.wait(lock, [this] { return items_.size() < kRoom; });
    items_.push_back(item);
    has_items_.notify_one();
  }

  int Take() {
    std::unique_lock<std::mutex> lock(mutex_);
    has_items_.wait(lock, [this] { return !items_.empty(); });
    const int item = items_.front();
    items_.pop_front();
    has_room_.notify_one();
    return item;
  }

 private:
  static constexpr size_t kRoom = 16;

  std::mutex mutex_;
  std::condition_variable has_items_;
  std::condition_variable has_room_;
  std::deque<int> items_;
};

// Half of the threads put in what the others take out, which takes longer.
void BM_ProducerConsumer(benchmark::State& state) {
  static Queue queue;
  const bool produces = state.thread_index() % 2 == 0;
  for (auto _ : state) {
    if (produces) {
      queue.Put(1);
    } else {
      int sum = queue.Take();
      for (int i = 0; i < 2000; ++i) benchmark::DoNotOptimize(sum += i);
    }
  }
}
BENCHMARK(BM_ProducerConsumer)->Threads(4)->UseRealTime();

}  // namespace
}  // namespace contention

BENCHMARK_MAIN();
