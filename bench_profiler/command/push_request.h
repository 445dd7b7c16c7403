// What a profile looks like on its way to Pyroscope: push.v1.PusherService/Push
// by the Connect protocol, which is JSON over HTTP.
//
//   {"series": [{
//     "labels": [{"name": "__name__", "value": "process_cpu"},
//                {"name": "service_name", "value": "bench"},
//                {"name": "benchmark", "value": "BM_Sort/8"}, ...],
//     "samples": [{"ID": "0b53...", "rawProfile": "H4sIAAAA..."}]}]}
#ifndef BENCH_PROFILER_COMMAND_PUSH_REQUEST_H_
#define BENCH_PROFILER_COMMAND_PUSH_REQUEST_H_

#include <string>
#include <string_view>

#include "bench_profiler/command/http_response.h"
#include "bench_profiler/command/push_labels.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// The profile without the labels of samples that tell threads, repetitions and
// what the series is about: a store makes a series of each set of labels, with
// a few samples in each.
ParsedProfile WithoutSeriesLabels(ParsedProfile profile,
                                  const PushLabels& labels);

// The body of a request, compressed. Each call makes up an id for the profile,
// so that the body of one call may be sent again without being counted twice.
std::string PushBody(const PushLabels& labels, std::string_view pprof);

// What the server says about a request that it refused, in one line:
// "400 Bad Request: invalid labels".
std::string RefusalOf(const HttpResponse& response);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_PUSH_REQUEST_H_
