// The labels of a sample by their keys, as pprof holds them: a key may have
// several texts and several numbers.
//
//   SampleLabels labels(sample);
//   for (const auto& [key, texts] : labels.texts) ...
#ifndef BENCH_PROFILER_REPORT_SAMPLE_LABELS_H_
#define BENCH_PROFILER_REPORT_SAMPLE_LABELS_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

struct SampleLabels {
  struct Number {
    int64_t value = 0;
    std::string unit;
  };

  explicit SampleLabels(const ParsedSample& sample) {
    for (const ParsedLabel& label : sample.labels) {
      if (label.is_number) {
        numbers[label.key].push_back({label.number, label.unit});
      } else {
        texts[label.key].push_back(label.text);
      }
    }
  }

  std::map<std::string, std::vector<std::string>> texts;
  std::map<std::string, std::vector<Number>> numbers;
};

// "a b c"
inline std::string JoinedWords(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (&word != &words.front()) text += ' ';
    text += word;
  }
  return text;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_SAMPLE_LABELS_H_
