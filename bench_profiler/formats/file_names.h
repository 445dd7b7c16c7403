// File names for benchmark names.
//
//   FileNames names;
//   names.Add("BM_Sort<int>/8");   // "BM_Sort_int__8.prof"
#ifndef BENCH_PROFILER_FORMATS_FILE_NAMES_H_
#define BENCH_PROFILER_FORMATS_FILE_NAMES_H_

#include <set>
#include <string>

namespace bench_profiler {

class FileNames {
 public:
  // The file name of a benchmark: characters outside of [A-Za-z0-9._-] become
  // '_', so does a leading '.'; a name that is too long for a file, or taken by
  // an earlier one, ends in '-' and 8 hex digits of the FNV-1a hash of the full
  // name (http://www.isthe.com/chongo/tech/comp/fnv/).
  std::string Add(const std::string& benchmark);

 private:
  std::set<std::string> taken_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_FILE_NAMES_H_
