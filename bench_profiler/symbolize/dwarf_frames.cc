#include "bench_profiler/symbolize/dwarf_frames.h"

#include <dwarf.h>

#include <algorithm>
#include <string>

#include "bench_profiler/profile/demangle.h"

namespace bench_profiler {
namespace {

bool IsMangled(const std::string& symbol) {
  return symbol.compare(0, 2, "_Z") == 0;
}

void SetNames(const std::string& symbol, SourceFrame* frame) {
  frame->system_name = StripCloneSuffix(symbol);
  frame->name = FullName(frame->system_name);
}

int64_t Number(Dwarf_Attribute* attribute) {
  Dwarf_Word value = 0;
  if (!attribute || dwarf_formudata(attribute, &value) != 0) return 0;
  return value <= INT32_MAX ? static_cast<int64_t>(value) : 0;
}

std::string FunctionSymbol(Dwarf_Die* die) {
  Dwarf_Attribute attribute;
  for (const unsigned name : {DW_AT_linkage_name, DW_AT_MIPS_linkage_name}) {
    const char* linkage_name =
        dwarf_formstring(dwarf_attr_integrate(die, name, &attribute));
    if (linkage_name) return linkage_name;
  }
  const char* plain_name = dwarf_diename(die);
  return plain_name ? plain_name : "";
}

// Where a unit was compiled, a name that the compiler was given relatively is
// meant from there (DWARF 5, section 6.2.4).
std::string FileName(Dwarf_Die* unit, const char* name) {
  if (name == nullptr) return "";
  if (name[0] == '/' || name[0] == '<') return name;  // "<artificial>"
  Dwarf_Attribute attribute;
  const char* folder =
      dwarf_formstring(dwarf_attr_integrate(unit, DW_AT_comp_dir, &attribute));
  return folder == nullptr ? name : std::string(folder) + "/" + name;
}

void SetLine(const DwarfLocation& location, uint64_t address,
             SourceFrame* frame) {
  Dwarf_Die unit = location.unit;
  Dwarf_Line* row = unit.addr ? dwarf_getsrc_die(&unit, address) : nullptr;
  int line = 0;
  if (!row || dwarf_lineno(row, &line) != 0) return;
  frame->line = line;
  frame->file = FileName(&unit, dwarf_linesrc(row, nullptr, nullptr));
}

// The place that an inlined function was called from.
void SetCallLine(Dwarf_Die* inlined, SourceFrame* caller) {
  Dwarf_Attribute attribute;
  caller->line = Number(dwarf_attr(inlined, DW_AT_call_line, &attribute));
  Dwarf_Word index = 0;
  if (dwarf_formudata(dwarf_attr(inlined, DW_AT_call_file, &attribute),
                      &index) != 0) {
    return;
  }
  Dwarf_Die unit;
  Dwarf_Files* files = nullptr;
  if (!dwarf_diecu(inlined, &unit, nullptr, nullptr) ||
      dwarf_getsrcfiles(&unit, &files, nullptr) != 0) {
    return;
  }
  caller->file = FileName(&unit, dwarf_filesrc(files, index, nullptr, nullptr));
}

}  // namespace

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
    SetNames(FunctionSymbol(&function), &it->second);
    Dwarf_Attribute attribute;
    it->second.start_line =
        Number(dwarf_attr_integrate(&function, DW_AT_decl_line, &attribute));
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
