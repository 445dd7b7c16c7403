// Text to work on: the same for everyone, from a seed.
//
//   std::vector<std::string> words = MakeWords(1000, 1);
//   std::string text = Join(words);   // "ba doremi fa ..."
#ifndef BENCH_PROFILER_SAMPLES_TEXT_SUITE_TEXT_H_
#define BENCH_PROFILER_SAMPLES_TEXT_SUITE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace text_suite {

// `count` words out of some 20 000, short ones more often than long ones.
std::vector<std::string> MakeWords(size_t count, uint32_t seed);

// The words with one space between them.
std::string Join(const std::vector<std::string>& words);

// The words of `text`, which has to outlive them.
std::vector<std::string_view> SplitWords(std::string_view text);

}  // namespace text_suite

#endif  // BENCH_PROFILER_SAMPLES_TEXT_SUITE_TEXT_H_
