// What makes a flame graph answer to clicks and keys, where scripts may run.
//
//   svg += "<script><![CDATA[";
//   svg += kFlameScript;
//   svg += "]]></script>";
//
// It is given everything by attributes: of the <svg>, data-pad; of each child
// of #frames, data-x and data-w (pixels), data-d (depth) and a <title>.
#ifndef BENCH_PROFILER_FORMATS_PARSED_FLAME_SCRIPT_H_
#define BENCH_PROFILER_FORMATS_PARSED_FLAME_SCRIPT_H_

namespace bench_profiler {

extern const char kFlameScript[];

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PARSED_FLAME_SCRIPT_H_
