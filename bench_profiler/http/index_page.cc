// The page at /debug/pprof/.
#include <errno.h>
#include <unistd.h>

#include <algorithm>

#include "bench_profiler/http/endpoints.h"
#include "bench_profiler/http/handlers.h"
#include "bench_profiler/pprof/profile_registry.h"

namespace bench_profiler {
namespace {

constexpr char kStyle[] =
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;"
    "border-bottom:1px solid #8884}"
    "td.count,th.count{text-align:right;font-variant-numeric:tabular-nums}"
    "td.links{white-space:nowrap}"
    "code{font-family:ui-monospace,monospace}";

std::string Escaped(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&#34;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

struct Row {
  std::string name;
  std::string count;
  std::string description;
  std::string links;  // HTML
};

std::string Link(const std::string& href, const std::string& text) {
  return "<a href=\"" + Escaped(href) + "\">" + text + "</a>";
}

Row RowOf(pprof::Profile* profile) {
  Row row;
  row.name = profile->name();
  row.count = std::to_string(profile->Count());
  row.description = static_cast<RegisteredProfile*>(profile)->description();
  const std::string href = EncodeUrl(row.name);
  row.links = Link(href + "?format=html", "flame graph") + " &middot; " +
              Link(href + "?debug=1", "text") + " &middot; " +
              Link(href, "download");
  if (row.name == "goroutine") {
    row.links += "<br>" + Link(href + "?debug=2", "full goroutine stack dump");
  }
  return row;
}

Row RowOf(const Endpoint& endpoint) {
  Row row;
  row.name = endpoint.name;
  row.description = endpoint.description;
  // The folders on the page lie beside each other.
  const bool is_here = std::string(endpoint.folder) == "/debug/pprof/";
  const std::string href = (is_here ? "" : "../") + row.name;
  row.links = Link(href, "download");
  if (endpoint.profile[0] != '\0') {
    row.links =
        Link(href + "?format=html", "flame graph") + " &middot; " + row.links;
  }
  return row;
}

std::string Html(const Row& row) {
  return "<tr><td class=\"count\">" + row.count + "</td><td><code>" +
         Escaped(row.name) + "</code></td><td>" + Escaped(row.description) +
         "</td><td class=\"links\">" + row.links + "</td></tr>\n";
}

}  // namespace

void ServeIndex(const Request& request, Response* response) {
  response->SetType(kHtml);
  if (request.is_head) return;
  std::vector<Row> rows;
  for (pprof::Profile* profile : pprof::Profiles()) {
    rows.push_back(RowOf(profile));
  }
  for (const Endpoint& endpoint : Endpoints()) {
    if (endpoint.description[0] != '\0') rows.push_back(RowOf(endpoint));
  }
  std::sort(rows.begin(), rows.end(),
            [](const Row& a, const Row& b) { return a.name < b.name; });
  std::string& page = response->body;
  page = std::string("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n") +
         "<meta charset=\"utf-8\">\n" +
         "<meta name=\"viewport\" content=\"width=device-width\">\n" +
         "<title>/debug/pprof/</title>\n<style>" + kStyle +
         "</style>\n</head>\n<body>\n<h1>/debug/pprof/</h1>\n<p>Program <b>" +
         Escaped(program_invocation_short_name) + "</b>, process " +
         std::to_string(getpid()) +
         ". Hand the address of a download to <code>go tool pprof</code>, or "
         "look at the text here.</p>\n<p>Types of profiles available:</p>\n"
         "<table>\n<thead><tr><th class=\"count\">Count</th><th>Profile</th>"
         "<th>What it is</th><th></th></tr></thead>\n<tbody>\n";
  for (const Row& row : rows) page += Html(row);
  page +=
      "</tbody>\n</table>\n<p>Add <code>?seconds=N</code> to a profile that "
      "has a count to see what changes in N seconds.</p>\n</body>\n</html>\n";
}

}  // namespace bench_profiler
