// Texts and colours of pictures that graphviz draws.
//
//   EscapeForDot("a \"b\"")                // a \"b\"
//   ShortenFunctionName("a::b::Parser::Next")  // "Parser::Next"
//   DotColor(0.5, /*is_background=*/true)  // "#edd8d5"
#ifndef BENCH_PROFILER_REPORT_DOT_TEXT_H_
#define BENCH_PROFILER_REPORT_DOT_TEXT_H_

#include <string>

#include "bench_profiler/report/node_table.h"

namespace bench_profiler {

// For a text between quotes. Lines end on the left.
std::string EscapeForDot(const std::string& text);

// Without namespaces and packages, as far as it is plain which parts they are.
std::string ShortenFunctionName(const std::string& name);

// The text in a node's box: each part of the name on a line of its own.
std::string NameInBox(const NodeInfo& info);

// From green (-1, less than before) over grey to red (1).
std::string DotColor(double score, bool is_background);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_DOT_TEXT_H_
