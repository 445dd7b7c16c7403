#include "bench_profiler/symbolize/dwarf_frames.h"

#include <dwarf.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>

#include "bench_profiler/profile/demangle.h"

namespace bench_profiler {
namespace {

bool IsMangled(const std::string& symbol) {
  return symbol.compare(0, 2, "_Z") == 0;
}

// " [clone ._omp_fn.0]" of the symbol "_Z3foov._omp_fn.0": a part of foo(), but
// a function of its own.
std::string OutlinedPart(const std::string& symbol) {
  const size_t dot = IsMangled(symbol) ? symbol.find('.') : std::string::npos;
  return dot == std::string::npos ? "" : " [clone " + symbol.substr(dot) + "]";
}

void SetNames(const std::string& symbol, SourceFrame* frame) {
  frame->system_name = StripCloneSuffix(symbol);
  frame->name =
      ShortName(frame->system_name) + OutlinedPart(frame->system_name);
}

int64_t Number(Dwarf_Attribute* attribute) {
  Dwarf_Word value = 0;
  if (!attribute || dwarf_formudata(attribute, &value) != 0) return 0;
  return value <= INT32_MAX ? static_cast<int64_t>(value) : 0;
}

// "" if it has none.
std::string LinkageName(Dwarf_Die* die) {
  Dwarf_Attribute attribute;
  for (const unsigned name : {DW_AT_linkage_name, DW_AT_MIPS_linkage_name}) {
    const char* linkage_name =
        dwarf_formstring(dwarf_attr_integrate(die, name, &attribute));
    if (linkage_name) return linkage_name;
  }
  return "";
}

// "a//b/./c/../d" is "a/b/d".
std::string Clean(std::string path) {
  for (const char* detour : {"//", "/./", "/../"}) {
    if (path.find(detour) != std::string::npos) {
      return std::filesystem::path(path).lexically_normal().string();
    }
  }
  return path;
}

// Where a unit was compiled, a name that the compiler was given relatively is
// meant from there (DWARF 5, section 6.2.4).
std::string FileName(Dwarf_Die* unit, const char* name) {
  if (name == nullptr) return "";
  if (name[0] == '<') return name;  // "<artificial>"
  if (name[0] == '/') return Clean(name);
  Dwarf_Attribute attribute;
  const char* folder =
      dwarf_formstring(dwarf_attr_integrate(unit, DW_AT_comp_dir, &attribute));
  return Clean(folder == nullptr ? name : std::string(folder) + "/" + name);
}

}  // namespace

// The names stay where they are as long as the Dwarf, so each has to be cleaned
// only once.
const std::string& DwarfFrames::File(Dwarf_Die* unit, const char* name) {
  const auto [it, is_new] = files_.try_emplace(name);
  if (is_new) it->second = FileName(unit, name);
  return it->second;
}

void DwarfFrames::SetLine(const DwarfLocation& location, uint64_t address,
                          SourceFrame* frame) {
  Dwarf_Die unit = location.unit;
  Dwarf_Line* row = unit.addr ? dwarf_getsrc_die(&unit, address) : nullptr;
  int line = 0;
  if (!row || dwarf_lineno(row, &line) != 0) return;
  frame->line = line;
  frame->file = File(&unit, dwarf_linesrc(row, nullptr, nullptr));
}

// The file that an attribute names by its number in the unit's table. Not by
// dwarf_decl_file(), which aborts where a unit has no table.
std::string DwarfFrames::FileOf(Dwarf_Die* die, unsigned attribute) {
  Dwarf_Attribute number;
  Dwarf_Word index = 0;
  Dwarf_Die unit;
  Dwarf_Files* files = nullptr;
  if (dwarf_formudata(dwarf_attr(die, attribute, &number), &index) != 0 ||
      !dwarf_diecu(die, &unit, nullptr, nullptr) ||
      dwarf_getsrcfiles(&unit, &files, nullptr) != 0) {
    return "";
  }
  return File(&unit, dwarf_filesrc(files, index, nullptr, nullptr));
}

// The place that an inlined function was called from.
void DwarfFrames::SetCallLine(Dwarf_Die* inlined, SourceFrame* caller) {
  Dwarf_Attribute attribute;
  caller->line = Number(dwarf_attr(inlined, DW_AT_call_line, &attribute));
  const std::string file = FileOf(inlined, DW_AT_call_file);
  if (!file.empty()) caller->file = file;
}

const SourceFrame& DwarfFrames::Function(Dwarf_Die* die) {
  // All inlined copies of a function share its abstract instance.
  Dwarf_Die function = *die;
  Dwarf_Attribute origin;
  if (dwarf_tag(die) == DW_TAG_inlined_subroutine &&
      !dwarf_formref_die(dwarf_attr(die, DW_AT_abstract_origin, &origin),
                         &function)) {
    function = *die;
  }
  const auto [it, is_new] = functions_.try_emplace(function.addr);
  if (is_new) {
    const std::string symbol = LinkageName(&function);
    if (symbol.empty()) {
      DwarfNames::Name name = names_.OfFunction(*die);
      it->second.name = std::move(name.short_name);
      it->second.system_name = std::move(name.full_name);
    } else {
      SetNames(symbol, &it->second);
    }
    Dwarf_Attribute attribute;
    it->second.start_line =
        Number(dwarf_attr_integrate(&function, DW_AT_decl_line, &attribute));
    Dwarf_Die declaration = dwarf_hasattr(&function, DW_AT_decl_file) != 0
                                ? function
                                : DwarfDeclaration(function);
    it->second.file = FileOf(&declaration, DW_AT_decl_file);
  }
  return it->second;
}

std::vector<SourceFrame> DwarfFrames::Build(const DwarfLocation& location,
                                            uint64_t address,
                                            const char* symbol) {
  SourceFrame place;  // file and line; moves outwards
  SetLine(location, address, &place);
  std::vector<SourceFrame> frames;
  for (auto it = location.functions.rbegin(); it != location.functions.rend();
       ++it) {
    Dwarf_Die die = *it;
    SourceFrame frame = Function(&die);
    // Code of a function may have lines of another file, in which the line of
    // its declaration is none.
    if (frame.file != place.file && !frame.file.empty()) frame.start_line = 0;
    frame.file = place.file;
    frame.line = place.line;
    frames.push_back(std::move(frame));
    if (it + 1 != location.functions.rend()) SetCallLine(&die, &place);
  }
  if (symbol) {
    if (frames.empty()) frames.push_back(place);
    SourceFrame& outermost = frames.back();
    if (outermost.name.empty() ||
        (!IsMangled(outermost.system_name) && IsMangled(symbol))) {
      SetNames(symbol, &outermost);
    }
  }
  frames.erase(std::remove_if(
                   frames.begin(), frames.end(),
                   [](const SourceFrame& frame) { return frame.name.empty(); }),
               frames.end());
  return frames;
}

}  // namespace bench_profiler
