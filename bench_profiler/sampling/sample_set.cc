#include "bench_profiler/sampling/sample_set.h"

#include <cstdio>

#include "bench_profiler/record/label_sets.h"
#include "bench_profiler/region.h"

namespace bench_profiler {
namespace {

constexpr size_t kMaxTimedSamples = size_t{1} << 20;

}  // namespace

// Copies the rows of a table, and those of its stacks that they use.
class SampleSet::TableCopy : public RowSink {
 public:
  TableCopy(SampleSet* set, size_t kind, const StackResolver& resolver)
      : set_(set), kind_(kind), resolver_(resolver) {
    const ArrayView<StackNode> kept = resolver.kept();
    if (!copies_.Resize(kept.size)) return;
    // Parents come before their children.
    for (uint32_t i = 1; i < kept.size; ++i) copies_[i] = CopyOf(kept[i]);
  }

  void Add(uint64_t activity, SampleRow row) override {
    row.stack = Stack(row.stack);
    set_->Add(kind_, activity, row);
  }

  void AddToRegion(uint64_t activity, SampleRow row) override {
    row.stack = Stack(row.stack);
    set_->AddToRegion(kind_, activity, row);
  }

 private:
  // Nothing that is called below such a node is shown.
  static constexpr uint32_t kCut = uint32_t{1} << 31;

  uint32_t CopyOf(const StackNode& node) {
    const uint32_t parent = copies_[node.parent];
    if ((parent & kCut) != 0) return parent;
    if (resolver_.hidden.HidesCallees(node.address)) return parent | kCut;
    if (resolver_.hidden.Hides(node.address)) return parent;
    return set_->stacks_.Child(parent, node.address, node.module);
  }

  uint32_t Stack(uint32_t number) const {
    return number < copies_.size() ? copies_[number] & ~kCut : 0;
  }

  SampleSet* set_;
  size_t kind_;
  const StackResolver& resolver_;
  PageArray<uint32_t> copies_;  // of each of resolver_.kept()
};

SampleSet::SampleSet(Regions regions) : regions_(regions) {}

uint32_t SampleSet::Stack(const StackFrame* frames, size_t size) {
  uint32_t stack = StackTable::kRoot;
  for (size_t i = 0; i < size; ++i) {
    stack = stacks_.Child(stack, frames[i].address, frames[i].module);
  }
  return stack;
}

uint32_t SampleSet::Note(const ThreadNote& note) {
  if (notes_.size() == 0 && !notes_.Append({})) return 0;
  // Notes of single threads are all different. Of states there are few.
  for (uint32_t i = 1; note.tid == 0 && i < notes_.size(); ++i) {
    if (notes_[i].tid == 0 && notes_[i].state == note.state) return i;
  }
  return notes_.Append(note) ? static_cast<uint32_t>(notes_.size() - 1) : 0;
}

void SampleSet::AddTo(SampleTable* table, uint64_t activity, SampleRow row) {
  const Activity what =
      regions_ == Regions::kKeep ? Activity::Unpack(activity) : Activity{};
  row.run = what.run;
  row.thread = what.thread;
  row.phase = what.phase;
  if (!table->Add(row)) ++lost_;
}

void SampleSet::Add(size_t kind, uint64_t activity, SampleRow row) {
  AddTo(&samples_[kind], activity, row);
}

void SampleSet::AddTimed(size_t kind, const SampleMoment& moment,
                         const SampleRow& row) {
  if (!keeps_moments_ || !Kinds()[kind].measures_cpu) return;
  const TimedSample sample = {moment.time, row.values[1],
                              static_cast<int32_t>(moment.tid), row.stack};
  if (timed_.size() == kMaxTimedSamples || !timed_.Append(sample)) {
    ++lost_timed_;
  }
}

void SampleSet::AddToRegion(size_t kind, uint64_t activity, SampleRow row) {
  if (regions_ == Regions::kKeep) AddTo(&region_samples_[kind], activity, row);
}

void SampleSet::AddTable(size_t kind, const StackResolver& resolver,
                         Collector* collector) {
  TableCopy copy(this, kind, resolver);
  collector->Snapshot(&copy);
}

void SampleSet::CopyModules(const StackResolver& resolver) {
  const ArrayView<Module> modules = resolver.modules();
  for (size_t i = modules_.size(); i < modules.size; ++i) {
    Module module = modules[i];
    module.path = strings_.Add(resolver.String(module.path));
    if (!modules_.Append(module)) return;
  }
}

void SampleSet::Describe(size_t kind, int64_t rate, uint64_t lost_before,
                         const Collector& collector) {
  Facts& facts = facts_[kind];
  facts.rate = rate;
  facts.period = collector.Period();
  facts.lost = collector.Lost() - lost_before;
  facts.places_kernel_time = collector.PlacesKernelTime();
  std::snprintf(facts.description, sizeof(facts.description), "%s",
                collector.Description());
  std::snprintf(facts.warning, sizeof(facts.warning), "%s",
                collector.Warning());
}

void SampleSet::FillIn(RawProfile* data) const {
  static constexpr RunRow kOutside;
  data->strings = strings_.view();
  data->modules = {modules_.data(), modules_.size()};
  data->stacks = stacks_.nodes();
  data->label_sets = LabelSets();
  data->thread_notes = {notes_.data(), notes_.size()};
  if (regions_ == Regions::kLeaveOut) data->runs = {&kOutside, 1};
}

void SampleSet::FillIn(RawTrace* trace) const {
  trace->samples = {timed_.data(), timed_.size()};
  trace->lost += lost_timed_;
  for (size_t kind = 0; kind < Kinds().size; ++kind) {
    if (!Kinds()[kind].measures_cpu) continue;
    trace->sample_period = facts_[kind].period;
    trace->lost += facts_[kind].lost;
  }
}

void SampleSet::FillIn(size_t kind, ProfileData* profile) const {
  const Facts& facts = facts_[kind];
  static_cast<ProfileType&>(*profile) = Kinds()[kind];
  profile->period = facts.period;
  profile->rate = facts.rate;
  profile->collection = facts.description;
  profile->places_kernel_time = facts.places_kernel_time;
  profile->lost = facts.lost + lost_;
  profile->samples = samples_[kind].rows();
  profile->region_samples = region_samples_[kind].rows();
}

}  // namespace bench_profiler
