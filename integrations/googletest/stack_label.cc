// Reads the names of tests off stacks, for programs in which the calls of
// GoogleTest cannot be seen (StackLabel).
#include <cstddef>
#include <string_view>

#include "../common/function_name.h"

namespace bench_profiler {

// TEST(Suite, Name) makes a class Suite_Name_Test. Names of tests may have
// underscores, but those of suites have none, as GoogleTest's FAQ asks for.
bool ReadGoogleTestLabel(const char* function, char* value, size_t size) {
  std::string_view name = function;
  if (!RemoveSuffix(&name, "::TestBody()")) return false;
  std::string_view type;  // of a typed test
  if (EndsWith(name, ">")) {
    const size_t bracket = OpeningBracket(name);
    if (bracket == std::string_view::npos) return false;
    type = name.substr(bracket);
    name = name.substr(0, bracket);
  }
  name = name.substr(LastPart(name));
  if (!RemoveSuffix(&name, "_Test")) return false;
  constexpr std::string_view kDisabled = "DISABLED_";
  const size_t start =
      name.substr(0, kDisabled.size()) == kDisabled ? kDisabled.size() : 0;
  const size_t underscore = name.find('_', start);
  if (underscore == std::string_view::npos) return false;
  char suite_and_name[512];
  return Write(name.substr(0, underscore), ".", name.substr(underscore + 1),
               suite_and_name, sizeof(suite_and_name)) &&
         Write(suite_and_name, type, "", value, size);
}

}  // namespace bench_profiler
