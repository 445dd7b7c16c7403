#include "tests/support/trace_view.h"

#include <algorithm>

#include "perfetto_trace.pb.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

class Reader {
 public:
  explicit Reader(TraceView* view) : view_(view) {}

  bool Read(const std::string& bytes) {
    perfetto::Trace trace;
    if (!trace.ParseFromString(bytes)) return Fail("it cannot be parsed");
    std::vector<const perfetto::TracePacket*> events;
    for (const perfetto::TracePacket& packet : trace.packet()) {
      if (packet.has_interned_data()) AddInterned(packet.interned_data());
      if (packet.has_track_descriptor()) AddTrack(packet.track_descriptor());
      if (packet.has_perf_sample()) AddSample(packet);
      if (packet.has_track_event()) events.push_back(&packet);
    }
    std::stable_sort(events.begin(), events.end(),
                     [](const auto* a, const auto* b) {
                       return a->timestamp() < b->timestamp();
                     });
    for (const perfetto::TracePacket* event : events) {
      if (!AddEvent(static_cast<int64_t>(event->timestamp()),
                    event->track_event())) {
        return false;
      }
    }
    for (const auto& [track, open] : open_) {
      if (!open.empty()) return Fail("a span without an end");
    }
    return true;
  }

 private:
  struct Track {
    int64_t tid = 0;
    std::string name;
  };

  bool Fail(const char* problem) {
    view_->problem = problem;
    return false;
  }

  void AddInterned(const perfetto::InternedData& data) {
    for (const auto& name : data.event_names()) {
      names_[name.iid()] = name.name();
    }
    for (const auto& name : data.function_names()) {
      functions_[name.iid()] = name.str();
    }
    for (const auto& frame : data.frames()) {
      frames_[frame.iid()] = functions_[frame.function_name_id()];
    }
    for (const auto& stack : data.callstacks()) {
      for (int i = stack.frame_ids_size(); i-- > 0;) {
        stacks_[stack.iid()].push_back(frames_[stack.frame_ids(i)]);
      }
    }
  }

  void AddTrack(const perfetto::TrackDescriptor& track) {
    Track& known = tracks_[track.uuid()];
    known.name = track.name();
    known.tid = track.has_thread() ? track.thread().tid()
                                   : tracks_[track.parent_uuid()].tid;
    if (track.has_thread()) {
      view_->threads[known.tid] = track.thread().thread_name();
    }
  }

  void AddSample(const perfetto::TracePacket& packet) {
    const perfetto::PerfSample& sample = packet.perf_sample();
    TraceSampleView out;
    out.functions = stacks_[sample.callstack_iid()];
    out.tid = sample.tid();
    out.time = static_cast<int64_t>(packet.timestamp());
    const auto nanos = static_cast<int64_t>(sample.timebase_count());
    out.nanos = nanos - nanos_;
    nanos_ = nanos;
    view_->samples.push_back(out);
  }

  bool AddEvent(int64_t time, const perfetto::TrackEvent& event) {
    using perfetto::TrackEvent;
    if (tracks_.count(event.track_uuid()) == 0) return Fail("no such track");
    const Track& track = tracks_[event.track_uuid()];
    std::vector<size_t>& open = open_[event.track_uuid()];
    TraceSpanView* span = nullptr;
    switch (event.type()) {
      case TrackEvent::TYPE_COUNTER:
        view_->counters[track.name].emplace_back(time, event.counter_value());
        return true;
      case TrackEvent::TYPE_SLICE_END:
        if (open.empty()) return Fail("an end without a begin");
        span = &view_->spans[open.back()];
        open.pop_back();
        break;
      default: {
        const bool is_span = event.type() == TrackEvent::TYPE_SLICE_BEGIN;
        const std::string around =
            open.empty() ? "" : view_->spans[open.back()].path + " > ";
        auto& list = is_span ? view_->spans : view_->moments;
        list.emplace_back();
        span = &list.back();
        span->name = names_[event.name_iid()];
        span->path = around + span->name;
        span->tid = track.tid;
        span->track = track.name;
        span->begin = time;
        if (is_span) open.push_back(list.size() - 1);
      }
    }
    span->end = time;
    for (const auto& note : event.debug_annotations()) {
      span->notes[note.name()] = note.has_string_value()
                                     ? note.string_value()
                                     : std::to_string(note.int_value());
    }
    for (const uint64_t id : event.flow_ids()) span->arrows_from.push_back(id);
    for (const uint64_t id : event.terminating_flow_ids()) {
      span->arrows_to.push_back(id);
    }
    return true;
  }

  TraceView* view_;
  std::map<uint64_t, std::string> names_;
  std::map<uint64_t, std::string> functions_;
  std::map<uint64_t, std::string> frames_;
  std::map<uint64_t, std::vector<std::string>> stacks_;
  std::map<uint64_t, Track> tracks_;
  std::map<uint64_t, std::vector<size_t>> open_;
  int64_t nanos_ = 0;
};

}  // namespace

bool TraceSampleView::Has(const std::string& part) const {
  return std::any_of(functions.begin(), functions.end(),
                     [&](const std::string& function) {
                       return function.find(part) != std::string::npos;
                     });
}

std::vector<TraceSpanView> TraceView::Spans(const std::string& name) const {
  std::vector<TraceSpanView> found;
  for (const TraceSpanView& span : spans) {
    if (span.name == name) found.push_back(span);
  }
  return found;
}

TraceView ParseTrace(const std::string& bytes) {
  TraceView view;
  view.valid = Reader(&view).Read(bytes);
  return view;
}

TraceView ReadTrace(const std::string& path) {
  if (!FileExists(path)) {
    TraceView none;
    none.problem = path + " does not exist";
    return none;
  }
  return ParseTrace(ReadFile(path));
}

std::string CheckWithUpstream(const std::string& path, std::string* counts) {
  // Debian's, which has Debian's packages.
  const std::string python = "/usr/bin/python3";
  if (!FileExists(python) ||
      RunProgram({python, "-c", "import google.protobuf"}).exit_code != 0) {
    return "";
  }
  const ProgramResult result = RunProgram({python, CHECK_TRACE, path});
  *counts = result.out;
  return result.exit_code == 0 ? "" : result.err + " ";
}

}  // namespace bench_profiler
