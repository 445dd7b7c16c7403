// The data of the page, as its script reads them. They are gzipped and in
// base64 in an element with the id "bench-profiler-data".
//
//   {
//     "format": 1,
//     "title": "bench",              of the page
//     "mode": "suite",               or "single": one program, no benchmarks
//     "generated": 1764270000,       seconds since the epoch
//     "context": [["host", "builder"]],   a small table
//     "min_samples": 100,            what has fewer is greyed
//     "kinds": [{"name": "cpu", "title": "CPU", "type": "cpu",
//                "unit": "nanoseconds", "noun": "samples"}],
//     "strings": [""],               each once
//     "frames": [[name, full name, file, line, group]],
//                                    the first three are indices of strings;
//                                    group is 0 for the user's, 1 for
//                                    libraries'
//     "families": [{"name": "BM_Sort", "benchmarks": [0, 1],
//                   "arguments": [8, 64]}],
//     "benchmarks": [{
//       "name": "BM_Sort/8",
//       "label": "benchmark",        or "test", or "" for a program
//       "iterations": 1000, "repetitions": 3, "threads": 1, "complete": true,
//       "columns": {"real": 12.5, "cpu": 12.4, "allocs": 1, "bytes": 32,
//                   "contentions": 0.1, "delay": 8},
//                                    per operation, times in nanoseconds; those
//                                    that are known
//       "estimated": true,           allocs and bytes are, by the heap profile;
//                                    missing if not
//       "spread": {"real": 0.02},    half of the interval at 95 %, divided by
//       the
//                                    mean of the repetitions
//       "profiles": [null, {         one for each of "kinds"
//         "samples": 125,            missing if unknown
//         "divisor": 1000,           values divided by it are per operation
//         "total": 123456,
//         "above": [0, 1],           nodes above the benchmark's own function
//                                    (harness.h), ascending
//         "depth": [], "frame": [], "self": [],
//                                    the tree in preorder; frame is twice an
//                                    index of "frames", and 1 more if it was
//                                    inlined
//         "lines": [[frame, line, value]],   the hottest first
//         "more_seconds": 12.5       to run, for enough samples; missing if
//         there
//       }]                           are, or if unknown
//     }],
//     "sources": {"7": {"95": ["for (;;) {", "}"]}}
//                                    index of the file's name -> first line ->
//                                    lines
//   }
//
// A page that compares two programs also has
//
//   {
//     "comparison": {"old": "base", "new": "head",   titles
//                    "measures": [{"name": "time", "label": "time/op",
//                                  "unit": "nanoseconds"}],
//                    "warnings": ["..."]},
//     "benchmarks": [{
//       "verdict": 1,              0 unchanged, 1 slower or more, 2 faster or
//                                  less, 3 undecided
//       "changes": [null, CHANGE], one for each of "measures"
//       "notes": ["..."],
//       "profiles": [{             the kind has the name of a measure
//         "old": [],               beside "self"
//         "functions": [[frame, CHANGE..., note]],   the strongest evidence
//                                  first; the note is missing if there is none
//         "remark": "..."          "" if there is none
//       }]
//     }]
//   }
//
// where CHANGE is [verdict, old, new, change, low, high]: old and new per
// operation, the change and its interval at 95 % as parts of the old value of
// the benchmark, null where unknown.
#ifndef BENCH_PROFILER_HTML_PAGE_JSON_H_
#define BENCH_PROFILER_HTML_PAGE_JSON_H_

#include <string>

#include "bench_profiler/html/page_data.h"

namespace bench_profiler {

// What is not UTF-8 becomes U+FFFD.
std::string PageJson(const PageData& data);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_PAGE_JSON_H_
