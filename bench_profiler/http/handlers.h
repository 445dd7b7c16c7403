// The functions of the table of endpoints.
#ifndef BENCH_PROFILER_HTTP_HANDLERS_H_
#define BENCH_PROFILER_HTTP_HANDLERS_H_

#include "bench_profiler/http/exchange.h"

namespace bench_profiler {

// A page that shows what there is.
void ServeIndex(const Request& request, Response* response);

// The arguments of the program, with NULs in between.
void ServeCommandLine(const Request& request, Response* response);

// The functions at the addresses in the query, or in the body of a POST.
void ServeSymbols(const Request& request, Response* response);

// "cpu" or "wall", over ?seconds, 30 by default.
void ServeStream(const Request& request, Response* response);

// The trace of ?seconds, which may be a fraction, 1 by default.
void ServeTrace(const Request& request, Response* response);

// Any profile of Lookup(), as it is now; ?debug=1 as text. With ?seconds=N, by
// how much it changes in that time.
void ServeTable(const Request& request, Response* response);

// "heap", "block" or "mutex": what came since the same was asked for last, or
// since the program started. Memory in use is told as it is.
void ServeSinceLast(const Request& request, Response* response);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_HANDLERS_H_
