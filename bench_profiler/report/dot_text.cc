#include "bench_profiler/report/dot_text.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "bench_profiler/report/paths.h"

namespace bench_profiler {
namespace {

std::string Replaced(const std::string& text, std::string_view from,
                     std::string_view to) {
  std::string result;
  size_t begin = 0;
  for (size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, begin)) {
    result.append(text, begin, at - begin);
    result += to;
    begin = at + from.size();
  }
  return result + text.substr(begin);
}

struct NamePatterns {
  re2::RE2 anonymous{R"(^\(anonymous namespace\)::)"};
  // "example.com/module/v2.Run": the version is none of the name.
  re2::RE2 go_version{R"(^(.*?)/v(?:[2-9]|[1-9][0-9]+)([./].*)$)"};
  re2::RE2 go{R"(^(?:[\w\-\.]+\/)+([^.]+\..+))"};
  re2::RE2 java{
      R"(^(?:[a-z]\w*\.)*([A-Z][\w\$]*\.(?:<init>|[a-z][\w\$]*(?:\$\d+)?))(?:(?:\()|$))"};
  // From the class on, by the capital letter that it begins with.
  re2::RE2 cpp{R"(^(?:[_a-zA-Z]\w*::)+(_*[A-Z]\w*::~?[_a-zA-Z]\w*(?:<.*>)?))"};
};

std::string ColorPart(double part) {
  const double scaled = std::max(0.0, std::min(255.0, part * 255));
  std::array<char, 8> text;
  std::snprintf(text.data(), text.size(), "%02x",
                static_cast<unsigned>(scaled) & 0xff);
  return text.data();
}

}  // namespace

std::string EscapeForDot(const std::string& text) {
  return Replaced(Replaced(Replaced(text, "\\", "\\\\"), "\"", "\\\""), "\n",
                  "\\l");
}

std::string ShortenFunctionName(const std::string& name) {
  static const auto* const patterns = new NamePatterns;
  std::string text = name;
  re2::RE2::Replace(&text, patterns->anonymous, "");
  re2::RE2::Replace(&text, patterns->go_version, "\\1\\2");
  std::string short_name;
  for (const re2::RE2* pattern :
       {&patterns->go, &patterns->java, &patterns->cpp}) {
    if (re2::RE2::PartialMatch(text, *pattern, &short_name)) return short_name;
  }
  return text;
}

std::string NameInBox(const NodeInfo& info) {
  NodeInfo shown = info;
  shown.name = EscapeForDot(ShortenFunctionName(shown.name));
  shown.name = Replaced(shown.name, "::", "\\n");
  // Go's way to write type arguments, and no end of a part.
  shown.name = Replaced(shown.name, "[...]", "[\u2026]");
  shown.name = Replaced(shown.name, ".", "\\n");
  if (!shown.file.empty()) shown.file = BaseName(shown.file);
  return shown.JoinedName("\\n") + "\\n";
}

std::string DotColor(double score, bool is_background) {
  // Saturation and value as in HSV.
  double saturation = is_background ? 0.1 : 1.0;
  const double value = is_background ? 0.93 : 0.7;
  if (std::isnan(score)) score = 0;
  score = std::max(-1.0, std::min(1.0, score));
  // Near 0 it would be yellow instead of grey.
  if (std::fabs(score) < 0.2) saturation *= std::fabs(score) / 0.2;
  // Small differences are to be seen.
  constexpr double kExponent = 1.0 - 0.7;
  if (score > 0) score = std::pow(score, kExponent);
  if (score < 0) score = -std::pow(-score, kExponent);
  const double red = score < 0 ? value * (1 + saturation * score) : value;
  const double green = score < 0 ? value : value * (1 - saturation * score);
  const double blue = value * (1 - saturation);
  return "#" + ColorPart(red) + ColorPart(green) + ColorPart(blue);
}

}  // namespace bench_profiler
