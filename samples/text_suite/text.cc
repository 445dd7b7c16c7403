#include "text.h"

#include <random>

namespace text_suite {

std::vector<std::string> MakeWords(size_t count, uint32_t seed) {
  static constexpr const char* kSyllables[] = {
      "ba", "be", "co", "da", "do", "fa", "go", "ki", "la", "le", "mi", "mo",
      "na", "no", "pe", "ra", "re", "sa", "so", "ta", "te", "to", "ur", "za"};
  std::mt19937 random(seed);
  std::uniform_int_distribution<size_t> syllable(0, std::size(kSyllables) - 1);
  std::geometric_distribution<int> more(0.6);
  std::vector<std::string> words(count);
  for (std::string& word : words) {
    for (int i = more(random); i >= 0; --i)
      word += kSyllables[syllable(random)];
  }
  return words;
}

std::string Join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

std::vector<std::string_view> SplitWords(std::string_view text) {
  std::vector<std::string_view> words;
  size_t start = 0;
  while (start < text.size()) {
    size_t end = text.find(' ', start);
    if (end == std::string_view::npos) end = text.size();
    if (end > start) words.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

}  // namespace text_suite
