#include "bench_profiler/report/pattern.h"

#include <re2/re2.h>

namespace bench_profiler {

bool Pattern::Compile(const std::string& option, const std::string& text,
                      std::string* error) {
  expression_.reset();
  if (text.empty()) return true;
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto expression = std::make_shared<const re2::RE2>(text, options);
  if (!expression->ok()) {
    *error = option + " is no regular expression: " + expression->error();
    return false;
  }
  expression_ = std::move(expression);
  return true;
}

bool Pattern::Matches(std::string_view text) const {
  return expression_->Match(re2::StringPiece(text.data(), text.size()), 0,
                            text.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

}  // namespace bench_profiler
