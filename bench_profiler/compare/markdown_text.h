// Text from outside, such as names, in Markdown as GitHub and GitLab read it:
// shown as it is, whatever is in it.
//
//   CodeSpan("operator|<int>")              // "`operator|<int>`"
//   TableCell(CodeSpan("operator|<int>"))   // "`operator\|<int>`"
//   PlainOrCode("OLD is a debug build")   // the same
//   PlainOrCode("@all: *** failed")       // "`@all: *** failed`"
//
// A code span is the one place where neither looks for markup, HTML, links,
// mentions or references to issues. What is in <code> is still Markdown, and
// with entities for all of that it would still be searched for addresses.
#ifndef BENCH_PROFILER_COMPARE_MARKDOWN_TEXT_H_
#define BENCH_PROFILER_COMPARE_MARKDOWN_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace bench_profiler {

// On one line. Long text loses its middle, so that "BM_Sort<...>/8" can be told
// from "BM_Sort<...>/64".
std::string CodeSpan(std::string_view text, size_t max_bytes = 160);

// A sentence, as a code span only if it has what could be markup.
std::string PlainOrCode(std::string_view text, size_t max_bytes = 300);

// Markdown of one line as a cell of a table. Tables are cut at each "|", also
// at one in a code span; "\|" is a "|" that cuts nothing.
std::string TableCell(std::string_view markdown);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_MARKDOWN_TEXT_H_
