// Options that programs of AddressSanitizer builds run with.
//
// Its runtime notes where libraries that were loaded later, such as libelf,
// have their thread-local variables, to look for pointers there. Those of g++
// before 14 and clang before 17 take any block that begins 16 bytes into a page
// for one of glibc before 2.25, which had its size in front, and then read at
// whatever address they find there: "LeakSanitizer has encountered a fatal
// error" (google/sanitizers#1322). Our own variables are not in such blocks.
extern "C" const char* __asan_default_options();  // NOLINT: its name

extern "C" __attribute__((no_sanitize("address"))) const char*
__asan_default_options() {  // NOLINT: its name
  return "intercept_tls_get_addr=0";
}
