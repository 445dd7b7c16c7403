// A comparison as a text for people.
//
//   2 of 13 benchmarks are slower, 1 is faster, 10 are unchanged
//   from old (10 processes) to new (10 processes), per operation
//
//        old         new          change  verdict    benchmark, its functions
//    4.55 ms     4.78 ms   +5.1 % +- 1.1  slower     BM_ParseJson/2000
//     310 us      528 us   +4.8 % +- 0.9  slower       ParseString
//    2.47 us     2.48 us   +0.3 % +- 1.0  unchanged  BM_SortInts/256
//
// Figures come first and have their columns, names may be of any length: no
// table is broken by one, and a terminal cuts nothing but the ends of names.
#ifndef BENCH_PROFILER_COMPARE_TEXT_H_
#define BENCH_PROFILER_COMPARE_TEXT_H_

#include <string>

#include "bench_profiler/compare/output_formats.h"

namespace bench_profiler {

std::string ComparisonAsText(const Comparison& comparison,
                             const ComparisonInputs& inputs);

// "2 of 13 benchmarks are slower, 1 is faster, 10 are unchanged"
std::string Headline(const Comparison& comparison);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_TEXT_H_
