#include "bench_profiler/formats/text.h"

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <map>
#include <utility>
#include <vector>

#include "bench_profiler/formats/utf8.h"

namespace bench_profiler {
namespace {

using Values = std::array<int64_t, kMaxSampleValues>;

std::string Hex(uint64_t number) {
  char text[32];
  std::snprintf(text, sizeof(text), "0x%" PRIx64, number);
  return text;
}

// Returns the addresses of a stack. Readers expect return addresses, which are
// behind the call, and subtract 1 from them. So 1 is added to each.
std::string Addresses(const Code& code, uint32_t frame) {
  std::string text = "@";
  for (; frame != 0; frame = code.frames[frame].caller) {
    const Location& location = code.locations[code.frames[frame].location];
    if (location.address != 0) text += " " + Hex(location.address + 1);
  }
  return text;
}

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : ValidUtf8(text)) {
    char escape[8];
    std::snprintf(escape, sizeof(escape), "\\x%02x",
                  static_cast<unsigned char>(c));
    if (static_cast<unsigned char>(c) < ' ') {
      quoted += escape;
    } else {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
  }
  return quoted + '"';
}

// Whether the label tells which thread a sample is of. Threads in the same
// place are counted together, as goroutines are.
bool IsOfThread(const Profile& profile, const Label& label) {
  return profile.text_form == TextForm::kThreads &&
         (label.key == kThreadLabel || label.key == kTidLabel ||
          label.key == kStateLabel);
}

// Returns a line with the labels of a set, or "" if it has none.
std::string LabelLine(const Profile& profile, uint32_t set) {
  if (set >= profile.label_sets.size()) return "";
  std::vector<std::string> pairs;
  for (const Label& label : profile.label_sets[set]) {
    if (IsOfThread(profile, label)) continue;
    pairs.push_back(Quoted(label.key) + ":" + Quoted(label.text));
  }
  std::sort(pairs.begin(), pairs.end());
  std::string line;
  for (const std::string& pair : pairs) {
    line += (line.empty() ? "\n# labels: {" : ", ") + pair;
  }
  return line.empty() ? "" : line + "}";
}

// Aligns the cells of lines in columns by tabs, as Go's text/tabwriter does.
// The last cell of a line is in no column. Successive lines that have a cell in
// a column form a block, and the widest of these cells determines the column's
// width in the block.
class Table {
 public:
  void Add(std::vector<std::string> cells) {
    rows_.push_back(std::move(cells));
  }

  std::string Text() const {
    std::vector<std::string> lines(rows_.size());
    for (size_t column = 0; Pad(column, &lines); ++column) {
    }
    std::string text;
    for (size_t row = 0; row < rows_.size(); ++row) {
      text += lines[row] + rows_[row].back() + "\n";
    }
    return text;
  }

 private:
  static constexpr size_t kTab = 8;

  bool HasCell(size_t row, size_t column) const {
    return row < rows_.size() && column + 1 < rows_[row].size();
  }

  // Adds the cells of a column, but not those that are the last of their line,
  // to `lines`. Returns whether there were any.
  bool Pad(size_t column, std::vector<std::string>* lines) const {
    bool any = false;
    for (size_t row = 0; row < rows_.size();) {
      size_t end = row;
      size_t tabs = 0;
      for (; HasCell(end, column); ++end) {
        tabs = std::max(tabs, rows_[end][column].size() / kTab + 1);
      }
      for (size_t i = row; i < end; ++i) {
        const std::string& cell = rows_[i][column];
        (*lines)[i] += cell + std::string(tabs - cell.size() / kTab, '\t');
      }
      any = any || end > row;
      row = end + 1;
    }
    return any;
  }

  std::vector<std::vector<std::string>> rows_;
};

std::string Frames(const Code& code, uint32_t frame) {
  Table table;
  for (; frame != 0; frame = code.frames[frame].caller) {
    const Location& location = code.locations[code.frames[frame].location];
    const std::string address =
        Hex(location.address == 0 ? 0 : location.address + 1);
    if (location.lines.empty()) table.Add({"#", address});
    for (const Line& line : location.lines) {
      const Function& function = code.functions[line.function];
      std::string name = ValidUtf8(function.name);
      if (location.function_start != 0) {
        name += "+" + Hex(location.address + 1 - location.function_start);
      }
      const std::string file =
          function.file.empty() ? "??" : ValidUtf8(function.file);
      table.Add({"#", address, name, file + ":" + std::to_string(line.line)});
    }
  }
  return table.Text() + "\n";
}

// A stack with labels and size, and the sums of its samples' values.
struct Row {
  std::string key;
  uint32_t frame = 0;
  Values values = {};
};

// Returns the rows of a profile, sorted by `comes_first` and then by their
// keys. If `by_size`, samples of different sizes are in different rows.
template <class ComesFirst>
std::vector<Row> Rows(const Profile& profile, bool by_size,
                      ComesFirst comes_first) {
  std::map<std::pair<std::string, uint64_t>, Row> rows;
  for (const Sample& sample : profile.samples) {
    std::string key = Addresses(*profile.code, sample.frame) +
                      LabelLine(profile, sample.labels);
    Row& row = rows[{std::move(key), by_size ? sample.size : 0}];
    row.frame = sample.frame;
    for (size_t i = 0; i < row.values.size(); ++i) {
      row.values[i] += sample.values[i];
    }
  }
  std::vector<Row> sorted;
  for (auto& [key, row] : rows) {
    row.key = key.first;
    sorted.push_back(std::move(row));
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Row& a, const Row& b) {
                     return comes_first(a.values, b.values);
                   });
  return sorted;
}

std::string CountText(const Profile& profile) {
  int64_t total = 0;
  for (const Sample& sample : profile.samples) total += sample.values[0];
  std::string text =
      profile.name + " profile: total " + std::to_string(total) + "\n";
  for (const Row& row :
       Rows(profile, /*by_size=*/false,
            [](const Values&a, const Values&b) { return a[0] > b[0]; })) {
    text += std::to_string(row.values[0]) + " " + row.key + "\n" +
            Frames(*profile.code, row.frame);
  }
  return text;
}

// `values` are alloc_objects, alloc_space, inuse_objects and inuse_space.
std::string HeapNumbers(const Values& values) {
  return std::to_string(values[2]) + ": " + std::to_string(values[3]) + " [" +
         std::to_string(values[0]) + ": " + std::to_string(values[1]) + "] @";
}

std::string HeapText(const Profile& profile) {
  Values total = {};
  for (const Sample& sample : profile.samples) {
    for (size_t i = 0; i < total.size(); ++i) total[i] += sample.values[i];
  }
  std::string text = "heap profile: " + HeapNumbers(total) + " heap/2\n";
  for (const Row& row :
       Rows(profile, /*by_size=*/true,
            [](const Values&a, const Values&b) { return a[3] > b[3]; })) {
    text += HeapNumbers(row.values) + row.key.substr(1) + "\n" +
            Frames(*profile.code, row.frame);
  }
  return text;
}

// `values` are contentions and delay. Go counts the delay in cycles of the
// processor; these are nanoseconds. Readers multiply by the sampling period,
// and these values stand for all there was already.
std::string ContentionText(const Profile& profile) {
  const bool is_mutex = profile.text_form == TextForm::kMutex;
  std::string text = is_mutex ? "--- mutex:\n" : "--- contention:\n";
  text += "cycles/second=1000000000\n";
  if (is_mutex) text += "sampling period=1\n";
  for (const Row& row :
       Rows(profile, /*by_size=*/false,
            [](const Values&a, const Values&b) { return a[1] > b[1]; })) {
    text += std::to_string(row.values[1]) + " " +
            std::to_string(row.values[0]) + " " + row.key + "\n" +
            Frames(*profile.code, row.frame);
  }
  return text;
}

}  // namespace

std::string ToText(const Profile& profile) {
  switch (profile.text_form) {
    case TextForm::kCount:
    case TextForm::kThreads:
      return CountText(profile);
    case TextForm::kHeap:
      return HeapText(profile);
    case TextForm::kBlock:
    case TextForm::kMutex:
      return ContentionText(profile);
    case TextForm::kNone:
      break;
  }
  return "";
}

}  // namespace bench_profiler
