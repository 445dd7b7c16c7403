#include "bench_profiler/symbolize/thread_marks.h"

#include <algorithm>

namespace bench_profiler {
namespace {

using Kind = TraceMark::Kind;

// An arrow is known by the lock and by when it was unlocked (splitmix64).
uint64_t ArrowNumber(uint64_t lock, int64_t unlocked) {
  uint64_t bits = lock * 0x9E3779B97F4A7C15u ^ static_cast<uint64_t>(unlocked);
  bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9u;
  bits = (bits ^ bits >> 27) * 0x94D049BB133111EBu;
  return (bits ^ bits >> 31) | 1;
}

Label NumberNote(const char* key, uint64_t number) {
  return {key, "", static_cast<int64_t>(number), ""};
}

void SortByTime(std::vector<TraceMark>* marks) {
  std::stable_sort(
      marks->begin(), marks->end(),
      [](const TraceMark& a, const TraceMark& b) { return a.time < b.time; });
}

}  // namespace

TraceMark* ThreadMarks::Mark(int64_t time, Kind kind, const char* category,
                             const std::string& name) {
  TraceMark mark;
  mark.time = time;
  mark.kind = kind;
  mark.category = category;
  mark.name = name;
  thread_->marks.push_back(mark);
  return &thread_->marks.back();
}

void ThreadMarks::Add(const TraceEvent& event) {
  switch (event.kind) {
    case TraceEvent::kThreadStart:
      Mark(event.time, Kind::kMoment, "thread", "thread begins");
      break;
    case TraceEvent::kThreadEnd:
      Mark(event.time, Kind::kMoment, "thread", "thread ends");
      AddLabels(event.time, 0);
      break;
    case TraceEvent::kActivity:
      AddActivity(event.time, event.activity);
      break;
    case TraceEvent::kLabels:
      AddLabels(event.time, event.labels.set);
      break;
    case TraceEvent::kWait:
      AddWait(event);
      break;
    case TraceEvent::kUnlock:
      Mark(event.time, Kind::kMoment, "contention", "unlock")->arrow_from =
          ArrowNumber(event.unlock.lock, event.time);
      break;
    default:
      break;
  }
}

void ThreadMarks::Finish(int64_t end) {
  AddActivity(end, {0, 0, 0, 0});
  EndRegion();
  AddLabels(end, 0);
  SortByTime(&thread_->marks);
  SortByTime(&thread_->label_marks);
}

void ThreadMarks::AddWait(const TraceEvent& event) {
  const TraceEvent::Wait& wait = event.wait;
  if (wait.end <= event.time) return;
  TraceMark* begin = Mark(event.time, Kind::kBegin, "contention",
                          wait.lock == 0 ? "wait" : "wait for a lock");
  if (wait.lock != 0) begin->notes.push_back(NumberNote("lock", wait.lock));
  TraceMark* finish = Mark(wait.end, Kind::kEnd, "contention", "");
  if (wait.unlocked != 0) {
    finish->arrow_to = ArrowNumber(wait.lock, wait.unlocked);
  }
}

void ThreadMarks::AddLabels(int64_t time, uint32_t set) {
  std::vector<TraceMark>& marks = thread_->label_marks;
  TraceMark mark;
  mark.time = time;
  mark.category = "labels";
  if (has_labels_) {
    mark.kind = Kind::kEnd;
    marks.push_back(mark);
  }
  has_labels_ = set > 0 && set < data_.label_sets.size;
  if (!has_labels_) return;
  mark.kind = Kind::kBegin;
  for (const UserLabel& label : data_.label_sets[set]) {
    mark.name += (mark.name.empty() ? "" : ", ") + std::string(label.key) +
                 "=" + label.value;
    mark.notes.push_back({label.key, label.value, 0, ""});
  }
  marks.push_back(mark);
}

void ThreadMarks::AddActivity(int64_t time,
                              const TraceEvent::Activity& activity) {
  left_out_ += activity.left_out;
  const bool is_in_run = activity.run > 0 && activity.run < data_.runs.size &&
                         data_.runs[activity.run].has_region;
  if (run_ != 0 && (!is_in_run || run_ != activity.run)) EndRun(time);
  if (!is_in_run) return;
  const Phase phase = Phase::FromByte(activity.phase);
  if (run_ == 0) {
    BeginRun(time, activity);
  } else if (phase == phase_) {
    return;
  } else {
    EndPhase(time);
  }
  BeginPhase(time, phase);
}

void ThreadMarks::BeginRun(int64_t time, const TraceEvent::Activity& activity) {
  const RunRow& run = data_.runs[activity.run];
  const RegionRow& region = data_.regions[run.region];
  const RegionKind& kind = *region.kind;
  if (has_region_ && region_ != run.region) EndRegion();
  if (!has_region_) {
    TraceMark* mark =
        Mark(time, Kind::kBegin, kind.label, data_.String(region.name));
    if (region.group != 0) {
      mark->notes.push_back(
          {kind.group_label, data_.String(region.group), 0, ""});
    }
    has_region_ = true;
    region_ = run.region;
  }
  std::string name = "run";
  if (run.repetition >= 0) {
    name = kind.run_label + (" " + std::to_string(run.repetition + 1));
  } else if (region.reported) {
    name = kind.trial_phase;
  }
  TraceMark* mark = Mark(time, Kind::kBegin, "run", name);
  if (activity.thread != kHelperThread) {
    mark->notes.push_back(NumberNote("thread", activity.thread + 1));
  }
  run_ = activity.run;
}

void ThreadMarks::EndRun(int64_t time) {
  EndPhase(time);
  TraceMark* mark = Mark(time, Kind::kEnd, "run", "");
  if (left_out_ > 0) {
    mark->notes.push_back(
        NumberNote("pauses below 10 us, not shown", left_out_));
  }
  run_ = 0;
  left_out_ = 0;
  region_end_ = time;
}

void ThreadMarks::BeginPhase(int64_t time, Phase phase) {
  const char* name =
      phase.index() < data_.phases.size ? data_.phases[phase.index()] : "other";
  Mark(time, Kind::kBegin, "phase", name);
  phase_ = phase;
}

void ThreadMarks::EndPhase(int64_t time) {
  Mark(time, Kind::kEnd, "phase", "");
}

// It ended with its last run; nothing came after that.
void ThreadMarks::EndRegion() {
  if (!has_region_) return;
  has_region_ = false;
  Mark(region_end_, Kind::kEnd, "region", "");
}

}  // namespace bench_profiler
