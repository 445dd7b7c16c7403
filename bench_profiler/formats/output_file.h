// Writes files that appear whole or not at all: under another name in the same
// folder first, which is then renamed.
//
//   std::string error = WriteWholeFile("/tmp/cpu.prof", bytes);
//   if (!error.empty()) ...
#ifndef BENCH_PROFILER_FORMATS_OUTPUT_FILE_H_
#define BENCH_PROFILER_FORMATS_OUTPUT_FILE_H_

#include <string>

namespace bench_profiler {

// Replaces what is at `path`, even a symbolic link, by a file with `bytes`. For
// names that the user did not choose, since a link that somebody else has made
// could lead anywhere. Returns "", or what went wrong; then nothing is left
// behind, and an old file is as it was.
std::string ReplaceFile(const std::string& path, const std::string& bytes);

// The same for the path that the user gave: symbolic links are followed, and
// special files (see below) are written to directly.
std::string WriteWholeFile(const std::string& path, const std::string& bytes);

// Makes `folder`, and those above it, if they are missing. Returns "" or what
// went wrong.
std::string MakeFolders(const std::string& folder);

// Whether WriteWholeFile(path), and files in the folder `path`.d, can be
// expected to work: "" or what is wrong and what to do. Makes missing folders
// above `path`, and leaves no file behind.
std::string CheckWritable(const std::string& path);

// Whether the profiles `path` and `other`, each with its folder of that name
// and
// ".d", have no file in common: "" or what is wrong. For paths that
// CheckWritable has seen.
std::string CheckDistinct(const std::string& path, const std::string& other);

// Returns whether `path` exists and is neither a regular file nor a folder, or
// is where standard output or error goes (/dev/stdout, even if redirected to a
// file).
bool IsSpecialFile(const std::string& path);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_OUTPUT_FILE_H_
