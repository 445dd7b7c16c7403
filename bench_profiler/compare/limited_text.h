// A text that never gets longer than a limit, and is cut between rows only.
//
//   LimitedText text(60000, 200);   // 200 bytes are kept for the end
//   if (!text.Add(row)) ++left_out;
//   text.AddEnd("and 3 more\n");    // always has its place
#ifndef BENCH_PROFILER_COMPARE_LIMITED_TEXT_H_
#define BENCH_PROFILER_COMPARE_LIMITED_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace bench_profiler {

class LimitedText {
 public:
  LimitedText(size_t limit, size_t kept_for_end)
      : limit_(limit), kept_(kept_for_end) {}

  // Whether it fits, and was added.
  bool Add(std::string_view piece) {
    if (text_.size() + piece.size() + kept_ > limit_) return false;
    text_ += piece;
    return true;
  }

  // Of what is kept: what closes things that were begun.
  void AddEnd(std::string_view piece) {
    if (text_.size() + piece.size() <= limit_) text_ += piece;
  }

  const std::string& text() const { return text_; }

 private:
  std::string text_;
  size_t limit_;
  size_t kept_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_LIMITED_TEXT_H_
