#include "bench_profiler/http/endpoints.h"

#include <iterator>

#include "bench_profiler/http/handlers.h"

namespace bench_profiler {
namespace {

constexpr char kPprof[] = "/debug/pprof/";
constexpr char kDebug[] = "/debug/";
constexpr char kGperftools[] = "/pprof/";

// Of a folder that is part of another one's path, the longer one comes first.
constexpr const char* kFolders[] = {kPprof, kDebug, kGperftools};

constexpr Endpoint kEndpoints[] = {
    {kPprof, "", ServeIndex},
    {kPprof, "cmdline", ServeCommandLine, "",
     "The command line of the program"},
    {kPprof, "profile", ServeStream, "cpu",
     "The CPU time of all threads. Add ?seconds=5 for 5 seconds instead of "
     "30, &hertz=250 for more samples, &clock=task for a finer clock"},
    {kPprof, "trace", ServeTrace, "",
     "What threads do, and when, for https://ui.perfetto.dev. Add ?seconds=5 "
     "for 5 seconds instead of 1"},
    {kPprof, "symbol", ServeSymbols, "", "", /*takes_post=*/true},
    {kPprof, "delta_heap", ServeSinceLast, "heap",
     "What was allocated since this was asked for last, and memory in use"},
    {kPprof, "delta_block", ServeSinceLast, "block",
     "Of block, what came since this was asked for last"},
    {kPprof, "delta_mutex", ServeSinceLast, "mutex",
     "Of mutex, what came since this was asked for last"},
    {kPprof, nullptr, ServeTable},
    {kDebug, "fgprof", ServeStream, "wall",
     "The time of all threads, running or waiting. Add ?seconds=5 for 5 "
     "seconds instead of 30, &hertz=250 for more samples"},
    // The same, where tools for gperftools look.
    {kGperftools, "profile", ServeStream, "cpu"},
    {kGperftools, "heap", ServeTable, "heap"},
    {kGperftools, "contention", ServeTable, "mutex"},
    {kGperftools, "cmdline", ServeCommandLine},
    {kGperftools, "symbol", ServeSymbols, "", "", /*takes_post=*/true},
};

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         text.substr(text.size() - end.size()) == end;
}

const Endpoint* Find(std::string_view folder, const std::string& name) {
  for (const Endpoint& endpoint : Endpoints()) {
    if (endpoint.folder != folder) continue;
    if (endpoint.name == nullptr || endpoint.name == name) return &endpoint;
  }
  return nullptr;
}

}  // namespace

ArrayView<Endpoint> Endpoints() { return {kEndpoints, std::size(kEndpoints)}; }

Place FindPlace(std::string_view path) {
  Place place;
  for (const std::string_view folder : kFolders) {
    const size_t found = path.find(folder);
    if (found == std::string_view::npos) continue;
    const auto name = DecodeUrl(path.substr(found + folder.size()));
    if (name) place.endpoint = Find(folder, *name);
    if (place.endpoint == nullptr) continue;
    place.profile =
        place.endpoint->name == nullptr ? *name : place.endpoint->profile;
    return place;
  }
  constexpr std::string_view kIndex(kPprof);
  place.is_folder_without_slash =
      EndsWith(path, kIndex.substr(0, kIndex.size() - 1));
  return place;
}

}  // namespace bench_profiler
