#include "bench_profiler/symbolize/resolve_code.h"

#include <algorithm>
#include <utility>

namespace bench_profiler {
namespace {

constexpr uint32_t kNoFunction = UINT32_MAX;

// Numbers the different places that nodes of stacks are at.
class Places {
 public:
  uint32_t NumberOf(uint32_t module, uint64_t address) {
    // At most half full, so that probing ends after a step or two.
    if (2 * (places_.size() + 1) > buckets_.size()) Rehash();
    size_t i = Bucket(module, address);
    for (; buckets_[i] != 0; i = (i + 1) & (buckets_.size() - 1)) {
      const Symbolizer::Address& known = places_[buckets_[i] - 1];
      if (known.second == address && known.first == module) {
        return buckets_[i] - 1;
      }
    }
    places_.emplace_back(module, address);
    buckets_[i] = static_cast<uint32_t>(places_.size());
    return buckets_[i] - 1;
  }

  // By number: the module (of RawProfile) and the address.
  const std::vector<Symbolizer::Address>& all() const { return places_; }

 private:
  size_t Bucket(uint32_t module, uint64_t address) const {
    const uint64_t key = address ^ (uint64_t{module} << 48);
    return static_cast<size_t>((key * 0x9E3779B97F4A7C15u) >> 32) &
           (buckets_.size() - 1);
  }

  void Rehash() {
    buckets_.assign(std::max<size_t>(2 * buckets_.size(), 1024), 0);
    for (size_t place = 0; place < places_.size(); ++place) {
      size_t i = Bucket(places_[place].first, places_[place].second);
      while (buckets_[i] != 0) i = (i + 1) & (buckets_.size() - 1);
      buckets_[i] = static_cast<uint32_t>(place + 1);
    }
  }

  std::vector<Symbolizer::Address> places_;
  std::vector<uint32_t> buckets_;  // number + 1, 0 = free; a power of two
};

// The name of what is no code; null if `address` is of code.
const char* NameOfNoCode(uint64_t address) {
  switch (address) {
    case kTruncatedAddress:
      return "truncated";
    case kShortThreadsAddress:
      return "(threads too short to be sampled)";
    case kUnsampledThreadAddress:
      return "(threads that could not be sampled)";
    case kNoAnswerAddress:
      return "(thread that did not answer)";
    default:
      return nullptr;
  }
}

bool IsUnsampled(const StackNode& node) {
  return node.address == kShortThreadsAddress ||
         node.address == kUnsampledThreadAddress;
}

std::string Hex(const uint8_t* bytes, size_t size) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (size_t i = 0; i < size; ++i) {
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
}

// The vDSO is no file. Readers of the format know it by the kernel's name for
// it.
std::string NameOfMapping(const std::string& path) {
  return path.rfind("linux-vdso", 0) == 0 ? "[vdso]" : path;
}

class CodeResolver {
 public:
  CodeResolver(const RawProfile& data, Symbolizer* symbolizer)
      : data_(data), symbolizer_(symbolizer) {}

  ResolvedCode Resolve() {
    for (const Module& row : data_.modules) {
      SymbolModule module;
      module.path = data_.String(row.path);
      module.start = row.start;
      module.build_id.assign(reinterpret_cast<const char*>(row.build_id),
                             row.build_id_size);
      modules_.push_back(symbolizer_->AddModule(module));
    }
    AddFrames();
    std::vector<Symbolizer::Address> addresses;
    std::vector<bool> is_used(data_.modules.size);
    for (const auto& [module, address] : places_.all()) {
      if (module == kNoModule) continue;
      addresses.push_back(InFile(module, address));
      is_used[module] = true;
    }
    symbolizer_->Resolve(std::move(addresses));
    for (uint32_t i = 0; i < data_.modules.size; ++i) {
      AddMapping(i);
      if (is_used[i]) AddProblem(symbolizer_->Problem(modules_[i]));
    }
    for (const auto& [module, address] : places_.all()) {
      AddLocation(module, address);
    }
    CutUnnamedCallers();
    return {std::make_shared<const Code>(std::move(code_)),
            std::move(problems_)};
  }

 private:
  void AddFrames() {
    code_.frames.resize(data_.stacks.size);
    for (size_t i = 1; i < data_.stacks.size; ++i) {
      const StackNode& node = data_.stacks[i];
      code_.frames[i] = {places_.NumberOf(node.module, node.address),
                         node.parent};
    }
  }

  Symbolizer::Address InFile(uint32_t module, uint64_t address) const {
    return {modules_[module], address - data_.modules[module].bias};
  }

  void AddMapping(uint32_t module) {
    const Module& row = data_.modules[module];
    Mapping mapping;
    mapping.start = row.start;
    mapping.limit = row.limit;
    mapping.offset = row.offset;
    mapping.path = NameOfMapping(data_.String(row.path));
    mapping.build_id = Hex(row.build_id, row.build_id_size);
    mapping.quality = symbolizer_->Quality(modules_[module]);
    code_.mappings.push_back(std::move(mapping));
  }

  // Once for each file, of which there may be several modules.
  void AddProblem(const std::string& line) {
    if (!line.empty() && std::find(problems_.begin(), problems_.end(), line) ==
                             problems_.end()) {
      problems_.push_back(line);
    }
  }

  void AddLocation(uint32_t module, uint64_t address) {
    Location location;
    if (const char* name = NameOfNoCode(address)) {
      Function function;
      function.name = function.system_name = name;
      location.lines.push_back(
          {static_cast<uint32_t>(code_.functions.size()), 0});
      code_.functions.push_back(function);
    } else if (module == kNoModule) {
      location.address = address;
    } else {
      location = *symbolizer_->Find(InFile(module, address));
      location.address = address;
      if (location.function_start != 0) {
        location.function_start += data_.modules[module].bias;
      }
      location.mapping = module;
      for (Line& line : location.lines) {
        line.function = FunctionOf(line.function);
      }
    }
    code_.locations.push_back(std::move(location));
  }

  // The number in code_ of a function of the symbolizer.
  uint32_t FunctionOf(uint32_t of_symbolizer) {
    if (functions_.size() <= of_symbolizer) {
      functions_.resize(symbolizer_->functions().size(), kNoFunction);
    }
    uint32_t& number = functions_[of_symbolizer];
    if (number == kNoFunction) {
      number = static_cast<uint32_t>(code_.functions.size());
      code_.functions.push_back(symbolizer_->functions()[of_symbolizer]);
    }
    return number;
  }

  // A thread's function that has no name, as std::thread's, tells nothing.
  void CutUnnamedCallers() {
    for (size_t i = 1; i < data_.stacks.size; ++i) {
      if (!IsUnsampled(data_.stacks[i])) continue;
      const Frame& caller = code_.frames[data_.stacks[i].parent];
      if (data_.stacks[i].parent == 0 || !HasName(caller.location)) {
        code_.frames[i].caller = 0;
      }
    }
  }

  bool HasName(uint32_t location) const {
    const std::vector<Line>& lines = code_.locations[location].lines;
    return places_.all()[location].first != kNoModule && !lines.empty() &&
           code_.functions[lines.front().function].name.rfind('[', 0) != 0;
  }

  const RawProfile& data_;
  Symbolizer* const symbolizer_;
  std::vector<uint32_t> modules_;    // numbers of the symbolizer
  std::vector<uint32_t> functions_;  // by number of the symbolizer
  Places places_;                    // in the order of code_.locations
  Code code_;
  std::vector<std::string> problems_;
};

}  // namespace

ResolvedCode ResolveCode(const RawProfile& data, Symbolizer* symbolizer) {
  return CodeResolver(data, symbolizer).Resolve();
}

}  // namespace bench_profiler
