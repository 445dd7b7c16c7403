# Writes a .cc that holds the files of assets/, byte by byte.
#
#   cmake -DASSETS=.../html/assets -DOUTPUT=report_assets.cc -P embed.cmake

# Sets `variable` to C++ that defines a function which returns these bytes.
function(bytes_function function hex variable)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
  string(LENGTH "${hex}" digits)
  math(EXPR size "${digits} / 2")
  set(${variable}
      "std::string_view ${function}() {
  static constexpr unsigned char kBytes[] = {
${bytes}0};
  return {reinterpret_cast<const char*>(kBytes), ${size}};
}

"
      PARENT_SCOPE)
endfunction()

file(READ ${ASSETS}/report.js script HEX)
file(SHA256 ${ASSETS}/report.js hash)
file(READ ${ASSETS}/report.css style HEX)
bytes_function(ReportScript "${script}" script_function)
bytes_function(ReportScriptHash "${hash}" hash_function)
bytes_function(ReportStyle "${style}" style_function)
file(WRITE ${OUTPUT}
     "// Made by embed.cmake.
#include \"bench_profiler/html/assets.h\"

namespace bench_profiler {

${script_function}${hash_function}${style_function}}  // namespace bench_profiler
")
