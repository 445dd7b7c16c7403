#include "bench_profiler/formats/parsed_flame_svg.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "bench_profiler/formats/parsed_flame_script.h"
#include "bench_profiler/formats/parsed_flame_tree.h"
#include "bench_profiler/formats/utf8.h"

namespace bench_profiler {
namespace {

constexpr int kPad = 10;   // left and right
constexpr int kHead = 40;  // the title's
constexpr int kFoot = 40;  // what is said of the box under the pointer
constexpr int kRow = 16;
constexpr int kLetter = 7;  // the font's width at this size
constexpr double kSpeck = 0.1;
constexpr uint32_t kMaxDepth =
    1000;  // browsers draw no more than 32 767 pixels
constexpr size_t kMaxSize = size_t{256} << 20;

constexpr char kStyle[] =
    "text{font:12px monospace;fill:#000}"
    "#title{font-size:17px;text-anchor:middle}"
    "#search,#matched{text-anchor:end}"
    "#search,#unzoom{cursor:pointer;opacity:.6}"
    "#search:hover,#unzoom:hover{opacity:1}"
    ".hidden{display:none}"
    "#frames text{pointer-events:none}"
    "#frames g:hover rect{stroke:#000;stroke-width:.5;cursor:pointer}"
    ".around{opacity:.5}";

// `text` as XML can hold it: of what it cannot, such as most control
// characters, not even an entity may be in a file.
std::string Escape(std::string_view text) {
  constexpr char kReplacement[] = "\xef\xbf\xbd";
  const std::string valid = ValidUtf8(text);
  const std::string_view whole = valid;
  std::string out;
  for (size_t i = 0; i < valid.size(); ++i) {
    const char c = valid[i];
    const std::string_view three = whole.substr(i, 3);
    if (three == "\xef\xbf\xbe" || three == "\xef\xbf\xbf") {
      out += kReplacement;
      i += 2;
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\t' || c == '\n' || c == '\r') {
      out += ' ';
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += kReplacement;
    } else {
      out += c;
    }
  }
  return out;
}

// As many letters as fit.
std::string Fit(std::string_view name, double width) {
  std::string text = ValidUtf8(name);
  const auto room = static_cast<size_t>(std::max(0.0, (width - 6) / kLetter));
  size_t letters = 0;
  size_t cut = 0;  // bytes of the letters that are kept if there are too many
  for (size_t i = 0; i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
    if (begins && room >= 2 && letters == room - 2) cut = i;
    if (begins) ++letters;
  }
  if (letters <= room) return text;
  return room < 3 ? "" : text.substr(0, cut) + "..";
}

// Warm for time, green for memory. The same function has the same one in each
// picture.
std::string ColourOf(std::string_view name, bool is_memory) {
  uint32_t hash = 2166136261;  // FNV-1a
  for (const char c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619;
  }
  const auto part = [&](unsigned shift, unsigned range) {
    return (hash >> shift & 0xff) * range / 0xff;
  };
  const std::array<unsigned, 3> colour =
      is_memory ? std::array<unsigned, 3>{part(0, 50), 190 + part(8, 60),
                                          part(16, 200)}
                : std::array<unsigned, 3>{205 + part(0, 50), 60 + part(8, 170),
                                          part(16, 55)};
  return "rgb(" + std::to_string(colour[0]) + "," + std::to_string(colour[1]) +
         "," + std::to_string(colour[2]) + ")";
}

template <typename... Numbers>
std::string Format(const char* format, Numbers... numbers) {
  std::array<char, 512> text;
  std::snprintf(text.data(), text.size(), format, numbers...);
  return text.data();
}

class FlameWriter {
 public:
  FlameWriter(const ParsedProfile& profile, const FlameOptions& options)
      : options_(options),
        width_(std::clamp(options.width, 200, 20000)),
        tree_(profile, options.value) {
    if (options.value < profile.value_types.size()) {
      unit_ = profile.value_types[options.value].unit;
      is_memory_ = unit_ == "bytes" ||
                   profile.value_types[options.value].type.find("objects") !=
                       std::string::npos;
    }
    scale_ = (width_ - 2 * kPad) / std::max(1.0, Total());
    for (const FlameBox& box : tree_.boxes()) {
      if (IsShown(box))
        rows_ = std::max(rows_, static_cast<int>(box.depth) + 1);
    }
  }

  std::string Write() {
    height_ = kHead + rows_ * kRow + kFoot;
    WriteHead();
    out_ += "<g id=\"frames\">\n";
    for (const FlameBox& box : tree_.boxes()) {
      if (IsShown(box)) WriteBox(box);
    }
    out_ += "</g>\n<script><![CDATA[";
    out_ += kFlameScript;
    out_ += "]]></script>\n</svg>\n";
    return std::move(out_);
  }

 private:
  double Total() const { return static_cast<double>(tree_.boxes()[0].value); }

  double WidthOf(const FlameBox& box) const {
    return static_cast<double>(box.value) * scale_;
  }

  // The one of all is there even if it is nothing.
  bool IsShown(const FlameBox& box) const {
    return box.depth == 0 || (box.depth <= kMaxDepth && WidthOf(box) >= kSpeck);
  }

  void WriteHead() {
    out_ += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    out_ += Format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" "
        "width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" data-pad=\"%d\">\n",
        width_, height_, width_, height_, kPad);
    const std::string title = Escape(options_.title);
    out_ += "<title>" + title + "</title>\n<style>" + kStyle + "</style>\n";
    out_ += "<rect width=\"100%\" height=\"100%\" fill=\"#f8f8f8\"/>\n";
    WriteText("title", width_ / 2, 24, title);
    WriteText("unzoom", kPad, 24, "Reset zoom", "hidden");
    WriteText("search", width_ - kPad, 24, "Search");
    WriteText("details", kPad, height_ - 15, " ");
    WriteText("matched", width_ - kPad, height_ - 15, " ");
  }

  void WriteText(const char* id, int x, int y, const std::string& text,
                 const char* style = "") {
    out_ += Format("<text id=\"%s\" class=\"%s\" x=\"%d\" y=\"%d\">", id, style,
                   x, y) +
            text + "</text>\n";
  }

  void WriteBox(const FlameBox& box) {
    if (out_.size() > kMaxSize) {
      throw std::length_error("a flame graph of more than 256 MiB");
    }
    // The root is a picture's width also where there are no samples.
    const double width = box.depth == 0 ? width_ - 2 * kPad : WidthOf(box);
    const double x = kPad + box.start * scale_;
    const int y = height_ - kFoot - (static_cast<int>(box.depth) + 1) * kRow;
    const std::string name =
        (box.is_inlined ? "» " : "") + std::string(box.name);
    out_ += Format("<g data-x=\"%.4f\" data-w=\"%.4f\" data-d=\"%u\" data-n=\"",
                   x, width, box.depth);
    out_ += Escape(name) + "\"><title>" + Escape(name) + " (" +
            Escape(ValueOf(box)) + ")</title>";
    out_ += Format("<rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\" ", x,
                   y, width, kRow - 1);
    out_ += "fill=\"" + ColourOf(box.name, is_memory_) + "\" rx=\"2\"/>";
    out_ += Format("<text x=\"%.2f\" y=\"%d\">", x + 3, y + 11);
    out_ += Escape(Fit(name, width)) + "</text></g>\n";
  }

  // "1.50ms, 12.34%"
  std::string ValueOf(const FlameBox& box) const {
    const std::string value =
        options_.format_value
            ? options_.format_value(box.value)
            : std::to_string(box.value) + (unit_.empty() ? "" : " ") + unit_;
    return value + Format(", %.2f%%", 100 * static_cast<double>(box.value) /
                                          std::max(1.0, Total()));
  }

  const FlameOptions& options_;
  const int width_;
  int height_ = 0;
  FlameTree tree_;
  std::string unit_;
  bool is_memory_ = false;
  double scale_ = 0;  // pixels for a unit of the values
  int rows_ = 1;
  std::string out_;
};

}  // namespace

std::string ToFlameSvg(const ParsedProfile& profile,
                       const FlameOptions& options) {
  return FlameWriter(profile, options).Write();
}

}  // namespace bench_profiler
