#include "tests/support/google_test_output.h"

#include <regex>

namespace bench_profiler {

std::string WithoutTimes(const std::string& text) {
  return std::regex_replace(
      text,
      std::regex(
          "\\([0-9]+ ms( total)?\\)|"
          "(time|timestamp)=\"[^\"]*\"|\"(time|timestamp)\": \"[^\"]*\""),
      "");
}

}  // namespace bench_profiler
