#include "bench_profiler/formats/perfetto.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <map>
#include <vector>

#include "bench_profiler/formats/perfetto_code.h"
#include "bench_profiler/formats/utf8.h"
#include "perfetto_trace.pb.h"

namespace bench_profiler {
namespace {

using perfetto::TracePacket;
using perfetto::TrackEvent;

// Numbers of Perfetto's BuiltinClock.
constexpr uint32_t kRealtime = 1;
constexpr uint32_t kMonotonic = 3;

// All packets are one sequence, so that they share what is interned.
constexpr uint32_t kSequence = 1;

// Numbers of tracks. Those of a thread end with its number.
constexpr uint64_t kProcessTrack = 1;
constexpr uint64_t kFirstCounterTrack = 16;
constexpr uint64_t kThreadTracks = uint64_t{1} << 32;
constexpr uint64_t kLabelTracks = uint64_t{2} << 32;

uint64_t ThreadTrack(const TraceThread& thread) {
  return kThreadTracks | static_cast<uint32_t>(thread.tid);
}
uint64_t LabelTrack(const TraceThread& thread) {
  return kLabelTracks | static_cast<uint32_t>(thread.tid);
}

// What is interned comes first, and so all is looked at twice: for the names
// and stacks, then for the packets.
class PerfettoWriter {
 public:
  explicit PerfettoWriter(const Trace& trace)
      : trace_(trace), code_(*trace.code) {}

  std::string Write() {
    WriteHead();
    WriteInterned();
    WriteTracks();
    WriteRemark();
    for (const TraceThread& thread : trace_.threads) {
      WriteMarks(ThreadTrack(thread), thread.marks);
      WriteMarks(LabelTrack(thread), thread.label_marks);
    }
    WriteCounters();
    WriteSamples();
    out_.Trim();
    return bytes_;
  }

 private:
  void WriteHead() {
    TracePacket packet;
    packet.set_sequence_flags(TracePacket::SEQ_INCREMENTAL_STATE_CLEARED);
    perfetto::ClockSnapshot* clocks = packet.mutable_clock_snapshot();
    const auto add = [clocks](uint32_t id, int64_t time) {
      perfetto::ClockSnapshot::Clock* clock = clocks->add_clocks();
      clock->set_clock_id(id);
      clock->set_timestamp(static_cast<uint64_t>(time));
    };
    add(kMonotonic, trace_.start);
    add(kRealtime, trace_.start_since_epoch);
    clocks->set_primary_trace_clock(kMonotonic);
    perfetto::TracePacketDefaults* defaults =
        packet.mutable_trace_packet_defaults();
    defaults->set_timestamp_clock_id(kMonotonic);
    // What distance samples have, and what PerfSample::timebase_count counts.
    perfetto::PerfEvents::Timebase* timebase =
        defaults->mutable_perf_sample_defaults()->mutable_timebase();
    timebase->set_period(static_cast<uint64_t>(trace_.sample_period));
    if (trace_.sample_type.empty()) {
      timebase->set_counter(perfetto::PerfEvents::SW_TASK_CLOCK);
      timebase->set_name("CPU time");
    } else {
      timebase->set_name(ValidUtf8(trace_.sample_type));
    }
    WritePacket(&packet);
  }

  void WriteInterned() {
    for (const TraceSample& sample : trace_.samples) {
      code_.Callstack(sample.frame);
    }
    TracePacket packet = Packet(trace_.start);
    perfetto::InternedData* interned = packet.mutable_interned_data();
    code_.FillIn(interned);
    if (!trace_.remark.empty()) Intern(trace_.remark, interned);
    for (const TraceThread& thread : trace_.threads) {
      for (const auto* marks : {&thread.marks, &thread.label_marks}) {
        for (const TraceMark& mark : *marks) {
          if (mark.kind != TraceMark::Kind::kEnd) Intern(mark.name, interned);
        }
      }
    }
    WritePacket(&packet);
  }

  void Intern(const std::string& name, perfetto::InternedData* interned) {
    const auto [it, is_new] = names_.try_emplace(name, names_.size() + 1);
    if (!is_new) return;
    perfetto::EventName* event_name = interned->add_event_names();
    event_name->set_iid(it->second);
    event_name->set_name(ValidUtf8(name));
  }

  void WriteTracks() {
    perfetto::TrackDescriptor process;
    process.set_uuid(kProcessTrack);
    process.mutable_process()->set_pid(trace_.pid);
    process.mutable_process()->set_process_name(ValidUtf8(trace_.process));
    WriteTrack(process);
    for (const TraceThread& thread : trace_.threads) {
      perfetto::TrackDescriptor track;
      track.set_uuid(ThreadTrack(thread));
      track.set_parent_uuid(kProcessTrack);
      track.mutable_thread()->set_pid(trace_.pid);
      track.mutable_thread()->set_tid(thread.tid);
      track.mutable_thread()->set_thread_name(ValidUtf8(thread.name));
      WriteTrack(track);
      if (thread.label_marks.empty()) continue;
      perfetto::TrackDescriptor labels;
      labels.set_uuid(LabelTrack(thread));
      labels.set_parent_uuid(ThreadTrack(thread));
      labels.set_name("labels");
      WriteTrack(labels);
    }
  }

  // A moment of the process, which everybody sees.
  void WriteRemark() {
    if (trace_.remark.empty()) return;
    TracePacket packet = Packet(trace_.start);
    TrackEvent* event = packet.mutable_track_event();
    event->set_type(TrackEvent::TYPE_INSTANT);
    event->set_track_uuid(kProcessTrack);
    event->set_name_iid(names_.at(trace_.remark));
    WritePacket(&packet);
  }

  void WriteTrack(const perfetto::TrackDescriptor& track) {
    TracePacket packet = Packet(trace_.start);
    *packet.mutable_track_descriptor() = track;
    WritePacket(&packet);
  }

  void WriteMarks(uint64_t track, const std::vector<TraceMark>& marks) {
    for (const TraceMark& mark : marks) {
      TracePacket packet = Packet(mark.time);
      TrackEvent* event = packet.mutable_track_event();
      event->set_track_uuid(track);
      if (mark.kind == TraceMark::Kind::kEnd) {
        event->set_type(TrackEvent::TYPE_SLICE_END);
      } else {
        event->set_type(mark.kind == TraceMark::Kind::kBegin
                            ? TrackEvent::TYPE_SLICE_BEGIN
                            : TrackEvent::TYPE_INSTANT);
        event->set_name_iid(names_.at(mark.name));
        event->add_categories(mark.category);
      }
      for (const Label& note : mark.notes) {
        perfetto::DebugAnnotation* annotation = event->add_debug_annotations();
        annotation->set_name(ValidUtf8(note.key));
        if (note.text.empty()) {
          annotation->set_int_value(note.number);
        } else {
          annotation->set_string_value(ValidUtf8(note.text));
        }
      }
      if (mark.arrow_from != 0) event->add_flow_ids(mark.arrow_from);
      if (mark.arrow_to != 0) event->add_terminating_flow_ids(mark.arrow_to);
      WritePacket(&packet);
    }
  }

  void WriteCounters() {
    uint64_t uuid = kFirstCounterTrack;
    for (const TraceCounter& counter : trace_.counters) {
      perfetto::TrackDescriptor track;
      track.set_uuid(++uuid);
      track.set_parent_uuid(kProcessTrack);
      track.set_name(counter.name);
      track.mutable_counter()->set_unit(
          counter.is_bytes ? perfetto::CounterDescriptor::UNIT_SIZE_BYTES
                           : perfetto::CounterDescriptor::UNIT_COUNT);
      WriteTrack(track);
      for (const TraceCounter::Point& point : counter.points) {
        TracePacket packet = Packet(point.time);
        packet.mutable_track_event()->set_type(TrackEvent::TYPE_COUNTER);
        packet.mutable_track_event()->set_track_uuid(uuid);
        packet.mutable_track_event()->set_counter_value(point.value);
        WritePacket(&packet);
      }
    }
  }

  // A sample may stand for several periods. What it stands for is how much the
  // counter has grown since the sample before.
  void WriteSamples() {
    uint64_t nanos = 0;
    for (const TraceSample& sample : trace_.samples) {
      TracePacket packet = Packet(sample.time);
      perfetto::PerfSample* out = packet.mutable_perf_sample();
      out->set_pid(static_cast<uint32_t>(trace_.pid));
      out->set_tid(static_cast<uint32_t>(sample.tid));
      const uint64_t stack = code_.Callstack(sample.frame);
      if (stack != 0) out->set_callstack_iid(stack);
      nanos += static_cast<uint64_t>(sample.nanos);
      out->set_timebase_count(nanos);
      WritePacket(&packet);
    }
  }

  static TracePacket Packet(int64_t time) {
    TracePacket packet;
    packet.set_timestamp(static_cast<uint64_t>(time));
    packet.set_sequence_flags(TracePacket::SEQ_NEEDS_INCREMENTAL_STATE);
    return packet;
  }

  void WritePacket(TracePacket* packet) {
    packet->set_trusted_packet_sequence_id(kSequence);
    constexpr uint32_t kLengthDelimited = 2;  // wire type
    out_.WriteTag(uint32_t{perfetto::Trace::kPacketFieldNumber} << 3 |
                  kLengthDelimited);
    out_.WriteVarint32(static_cast<uint32_t>(packet->ByteSizeLong()));
    packet->SerializeWithCachedSizes(&out_);
  }

  const Trace& trace_;
  PerfettoCode code_;
  std::map<std::string, uint64_t> names_;
  std::string bytes_;
  google::protobuf::io::StringOutputStream stream_{&bytes_};
  google::protobuf::io::CodedOutputStream out_{&stream_};
};

}  // namespace

std::string ToPerfetto(const Trace& trace) {
  return PerfettoWriter(trace).Write();
}

}  // namespace bench_profiler
