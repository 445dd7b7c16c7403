// Whole files or none: written under another name in the same folder, renamed.
//
//   std::string error = WriteWholeFile("/tmp/cpu.prof", bytes);
//   if (!error.empty()) ...
#ifndef BENCH_PROFILER_WRITERS_OUTPUT_FILE_H_
#define BENCH_PROFILER_WRITERS_OUTPUT_FILE_H_

#include <string>

namespace bench_profiler {

// Replaces the file at `path` by `bytes`. A symbolic link is followed, and what
// is no regular file (/dev/stdout, a pipe) is written to directly. Returns ""
// or what went wrong; then nothing is left behind and an old file is as it was.
std::string WriteWholeFile(const std::string& path, const std::string& bytes);

// Makes `folder` and those above it where they are missing. Returns "" or what
// went wrong.
std::string MakeFolders(const std::string& folder);

// Whether WriteWholeFile(path) can be expected to work: "" or what is wrong and
// what to do. Makes missing folders, and leaves no file behind.
std::string CheckWritable(const std::string& path);

// True if `path` exists and is neither a regular file nor a folder.
bool IsSpecialFile(const std::string& path);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_WRITERS_OUTPUT_FILE_H_
