// Labels that say what a program is working on, for its CPU profiles, as Go's
// pprof.Do has them.
//
//   namespace pprof = bench_profiler::pprof;
//   pprof::Do({{"request", "/book/list"}, {"user", id}}, [&] { Serve(); });
//
//   pprof::ScopedLabels labels({{"tenant", name}});   // until the scope ends
//
//   static const pprof::Labels ready({{"step", "parse"}});
//   pprof::ScopedLabels labels(ready);                // takes some nanoseconds
//
// Every sample that is taken inside carries them, and so do the samples of
// threads that are started inside. `go tool pprof -tags` lists them,
// `-tagfocus request=/book/list` picks by them, `-tagroot request` groups.
// Works at any time from any thread, whether or not somebody profiles.
//
// Labels inside of others are added to them. Of equal keys, the inner one
// counts, and in one list the last one. An empty value removes the label, and
// an empty key is ignored. Keys and values are cut after 1024 bytes, sets after
// 32 labels, and bytes that are not valid UTF-8 become '?'. Sets are kept as
// long as the process lives, so use values that come again, such as a path or a
// tenant, and not ever new ones, such as a time or a random number. Once all
// sets take 64 MiB, further ones count as empty.
#ifndef BENCH_PROFILER_LABELS_H_
#define BENCH_PROFILER_LABELS_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>
#include <utility>

#include "bench_profiler/visibility.h"

namespace bench_profiler {
namespace pprof {

// A view of a key or value: of a const char*, or of whatever converts to a
// std::string_view.
class LabelText {
 public:
  LabelText(const char* text)  // NOLINT(google-explicit-constructor)
      : LabelText(std::string_view(text != nullptr ? text : "")) {}

  template <class Text, class = std::enable_if_t<std::is_convertible_v<
                            const Text&, std::string_view>>>
  LabelText(const Text& text)  // NOLINT(google-explicit-constructor)
      : LabelText(std::string_view(text)) {}

  LabelText(std::string_view text)  // NOLINT(google-explicit-constructor)
      : data_(text.data() != nullptr ? text.data() : ""), size_(text.size()) {}

  const char* data() const { return data_; }
  size_t size() const { return size_; }

 private:
  const char* data_;
  size_t size_;
};

struct Label {
  Label(LabelText label_key, LabelText label_value)
      : key(label_key), value(label_value) {}

  LabelText key;
  LabelText value;
};

namespace internal {

// Returns the number of the set with these labels.
BENCH_PROFILER_EXPORT uint32_t LabelSetOf(const Label* labels, size_t count);

// Adds labels to those of the calling thread. Returns the number of the set
// that it had before, for LeaveLabels.
BENCH_PROFILER_EXPORT uint32_t EnterLabels(const Label* labels, size_t count);
BENCH_PROFILER_EXPORT uint32_t EnterLabelSet(uint32_t set);
BENCH_PROFILER_EXPORT void LeaveLabels(uint32_t outer);

BENCH_PROFILER_EXPORT uint32_t LabelSetOfThread();

}  // namespace internal

// A set of labels that was looked up already, so that using it costs next to
// nothing. It is just a number, and as cheap to copy.
class Labels {
 public:
  Labels() = default;  // no labels
  Labels(std::initializer_list<Label> labels)
      : Labels(labels.begin(), labels.size()) {}
  Labels(const Label* labels, size_t count)
      : set_(internal::LabelSetOf(labels, count)) {}

  // The labels of the calling thread, which it can hand to a thread of a pool
  // together with the work.
  static Labels Current() {
    Labels labels;
    labels.set_ = internal::LabelSetOfThread();
    return labels;
  }

 private:
  friend class ScopedLabels;
  uint32_t set_ = 0;
};

// Adds these labels to those of the calling thread until the end of the scope.
class ScopedLabels {
 public:
  ScopedLabels(std::initializer_list<Label> labels)
      : ScopedLabels(labels.begin(), labels.size()) {}
  ScopedLabels(const Label* labels, size_t count)
      : outer_(internal::EnterLabels(labels, count)) {}
  explicit ScopedLabels(const Labels& labels)
      : outer_(internal::EnterLabelSet(labels.set_)) {}
  ~ScopedLabels() { internal::LeaveLabels(outer_); }
  ScopedLabels(const ScopedLabels&) = delete;
  ScopedLabels& operator=(const ScopedLabels&) = delete;

 private:
  uint32_t outer_;
};

// Calls `function` with these labels, and returns what it returns.
template <class Function>
decltype(auto) Do(std::initializer_list<Label> labels, Function&& function) {
  const ScopedLabels scope(labels);
  return std::forward<Function>(function)();
}
template <class Function>
decltype(auto) Do(const Labels& labels, Function&& function) {
  const ScopedLabels scope(labels);
  return std::forward<Function>(function)();
}

}  // namespace pprof
}  // namespace bench_profiler

#endif  // BENCH_PROFILER_LABELS_H_
