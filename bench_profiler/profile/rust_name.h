// Reads symbols that Rust's compiler makes in the form of C++'s.
//
//   RustName("_ZN4core3fmt9Formatter3pad17h0123456789abcdefE")
//       == "core::fmt::Formatter::pad"
//   RustName("_ZN3foo3barEv")  == ""
#ifndef BENCH_PROFILER_PROFILE_RUST_NAME_H_
#define BENCH_PROFILER_PROFILE_RUST_NAME_H_

#include <string>
#include <string_view>

namespace bench_profiler {

// The name without its hash; "" if the symbol is not one of Rust's.
std::string RustName(std::string_view symbol);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_RUST_NAME_H_
