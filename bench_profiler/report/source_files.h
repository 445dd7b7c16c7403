// Reads source files that profiles name, wherever they are now.
//
//   SourceFiles files("/home/me/src", /*trim_path=*/"/builds/ci");
//   std::string error;
//   const std::vector<std::string>* lines = files.Lines("json/parse.cc",
//   &error);
#ifndef BENCH_PROFILER_REPORT_SOURCE_FILES_H_
#define BENCH_PROFILER_REPORT_SOURCE_FILES_H_

#include <map>
#include <string>
#include <vector>

namespace bench_profiler {

class SourceFiles {
 public:
  // search_path: folders, with ":" between them; "" for the current one.
  SourceFiles(std::string search_path, std::string trim_path);

  // The lines of a file. One whose name is not absolute is looked for in the
  // folders of the path, and in those above them. Returns null, with what is
  // wrong in `error`, if it cannot be opened.
  const std::vector<std::string>* Lines(const std::string& path,
                                        std::string* error);

 private:
  struct File {
    bool is_read = false;
    std::string error;
    std::vector<std::string> lines;
  };

  const File& Read(const std::string& path);

  std::string search_path_;
  std::string trim_path_;
  std::map<std::string, File> files_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_SOURCE_FILES_H_
