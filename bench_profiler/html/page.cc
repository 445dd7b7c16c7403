#include "bench_profiler/html/page.h"

#include <cstring>

#include "bench_profiler/formats/gzip.h"
#include "bench_profiler/html/assets.h"
#include "bench_profiler/html/base64.h"
#include "bench_profiler/html/escape.h"
#include "bench_profiler/html/page_json.h"
#include "bench_profiler/html/static_rows.h"

namespace bench_profiler {
namespace {

std::string Gzip(const std::string& bytes) {
  // A page is sent to people and kept by build servers.
  GzipStream stream(Z_BEST_COMPRESSION);
  for (size_t at = 0; at < bytes.size();) {
    void* room = nullptr;
    int size = 0;
    stream.Next(&room, &size);
    const size_t taken = std::min(static_cast<size_t>(size), bytes.size() - at);
    std::memcpy(room, bytes.data() + at, taken);
    stream.BackUp(size - static_cast<int>(taken));
    at += taken;
  }
  return stream.Finish();
}

// https://www.w3.org/TR/CSP3/: nothing is loaded from anywhere.
std::string Policy() {
  return "default-src 'none'; script-src 'sha256-" +
         Base64(ReportScriptHash()) +
         "'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
         "form-action 'none'";
}

}  // namespace

std::string HtmlPage(const PageData& data) {
  return HtmlPage(data, StaticRows(data));
}

std::string HtmlPage(const PageData& data, const std::string& rows) {
  std::string html =
      "<!doctype html>\n"
      "<html lang=\"en\">\n"
      "<head>\n"
      "<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
      Policy() +
      "\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<title>" +
      EscapeHtml(data.title) + "</title>\n<style>";
  html += ReportStyle();
  html += "</style>\n</head>\n<body>\n<main id=\"report\">\n";
  html += rows;
  html +=
      "</main>\n"
      "<script type=\"application/octet-stream\" id=\"bench-profiler-data\">";
  html += Base64(Gzip(PageJson(data)));
  html += "</script>\n<script>";
  html += ReportScript();
  return html + "</script>\n</body>\n</html>\n";
}

}  // namespace bench_profiler
