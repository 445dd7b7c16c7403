// Names of types, as demanglers write them: what is in the parameters of
// functions (dwarf_names.h).
#include <dwarf.h>

#include <string>
#include <string_view>

#include "bench_profiler/symbolize/dwarf_names.h"

namespace bench_profiler {
namespace {

constexpr size_t kMaxDepth = 64;  // of types around each other
constexpr int kMaxQualifiers = 16;

// GCC's words for types, and C++'s.
std::string_view UsualName(std::string_view name) {
  struct Words {
    std::string_view of_gcc;
    std::string_view usual;
  };
  constexpr Words kWords[] = {
      {"short int", "short"},
      {"short unsigned int", "unsigned short"},
      {"long int", "long"},
      {"long unsigned int", "unsigned long"},
      {"long long int", "long long"},
      {"long long unsigned int", "unsigned long long"},
      {"__int128 unsigned", "unsigned __int128"},
  };
  for (const Words& words : kWords) {
    if (name == words.of_gcc) return words.usual;
  }
  return name;
}

bool IsArtificial(Dwarf_Die* die) {
  Dwarf_Attribute attribute;
  bool is_artificial = false;
  return dwarf_formflag(dwarf_attr_integrate(die, DW_AT_artificial, &attribute),
                        &is_artificial) == 0 &&
         is_artificial;
}

bool FindType(Dwarf_Die* die, Dwarf_Die* type) {
  Dwarf_Attribute attribute;
  return dwarf_formref_die(dwarf_attr_integrate(die, DW_AT_type, &attribute),
                           type) != nullptr;
}

// Whether the parameter "this" is a pointer to a constant.
bool IsThisOfConst(Dwarf_Die* parameter) {
  Dwarf_Die type;
  for (int i = 0; i < kMaxQualifiers && FindType(parameter, &type); ++i) {
    if (dwarf_tag(&type) == DW_TAG_pointer_type) {
      Dwarf_Die pointed;
      return FindType(&type, &pointed) &&
             dwarf_tag(&pointed) == DW_TAG_const_type;
    }
    *parameter = type;  // the pointer itself is a constant
  }
  return false;
}

// "[5]", or "[]" if the size is not a number.
std::string Bounds(DwarfScopes* scopes, const Dwarf_Die& array) {
  std::string bounds;
  for (Dwarf_Die& child : scopes->Children(array)) {
    if (dwarf_tag(&child) != DW_TAG_subrange_type) continue;
    Dwarf_Attribute attribute;
    Dwarf_Word size = 0;
    std::string text;
    if (dwarf_formudata(dwarf_attr(&child, DW_AT_count, &attribute), &size) ==
        0) {
      text = std::to_string(size);
    } else if (dwarf_formudata(
                   dwarf_attr(&child, DW_AT_upper_bound, &attribute), &size) ==
               0) {
      text = std::to_string(size + 1);
    }
    bounds += "[" + text + "]";
  }
  return bounds.empty() ? "[]" : bounds;
}

// "void (*" and ")(int)", or "int (&" and ") [5]", but nothing around nothing.
std::string InParentheses(std::string_view declarator) {
  while (!declarator.empty() && declarator.front() == ' ') {
    declarator.remove_prefix(1);
  }
  return declarator.empty() ? "" : "(" + std::string(declarator) + ")";
}

}  // namespace

std::string DwarfNames::Parameters(const Dwarf_Die& function) {
  std::string list;
  bool is_const = false;
  for (Dwarf_Die& child : scopes_.Children(function)) {
    std::string type;
    if (dwarf_tag(&child) == DW_TAG_formal_parameter) {
      if (IsArtificial(&child)) {
        is_const = is_const || IsThisOfConst(&child);
        continue;
      }
      type = ParameterType(&child);
    } else if (dwarf_tag(&child) == DW_TAG_unspecified_parameters) {
      type = "...";
    } else {
      continue;
    }
    list += (list.empty() ? "" : ", ") + type;
  }
  return "(" + list + ")" + (is_const ? " const" : "");
}

// Without "const" and "volatile", with which it is the same function.
std::string DwarfNames::ParameterType(Dwarf_Die* parameter) {
  Dwarf_Die type;
  if (!FindType(parameter, &type)) return "...";
  for (int i = 0;
       i < kMaxQualifiers && (dwarf_tag(&type) == DW_TAG_const_type ||
                              dwarf_tag(&type) == DW_TAG_volatile_type);
       ++i) {
    Dwarf_Die unqualified;
    if (!FindType(&type, &unqualified)) break;
    type = unqualified;
  }
  return TypeName(&type, "");
}

std::string DwarfNames::TypeOf(Dwarf_Die* declared,
                               const std::string& declarator) {
  Dwarf_Die type;
  if (!FindType(declared, &type)) return "void" + declarator;
  return TypeName(&type, declarator);
}

std::string DwarfNames::TypeName(Dwarf_Die* type,
                                 const std::string& declarator) {
  if (depth_ >= kMaxDepth || !Spend(1)) return "...";
  ++depth_;
  std::string name;
  switch (dwarf_tag(type)) {
    case DW_TAG_pointer_type:
      name = TypeOf(type, "*" + declarator);
      break;
    case DW_TAG_reference_type:
      name = TypeOf(type, "&" + declarator);
      break;
    case DW_TAG_rvalue_reference_type:
      name = TypeOf(type, "&&" + declarator);
      break;
    case DW_TAG_const_type:
      name = TypeOf(type, " const" + declarator);
      break;
    case DW_TAG_volatile_type:
      name = TypeOf(type, " volatile" + declarator);
      break;
    case DW_TAG_typedef:
    case DW_TAG_restrict_type:
    case DW_TAG_atomic_type:
      name = TypeOf(type, declarator);
      break;
    case DW_TAG_ptr_to_member_type: {
      Dwarf_Die of;
      const std::string owner = FollowDwarf(type, DW_AT_containing_type, &of)
                                    ? QualifiedClass(of)
                                    : "";
      name = TypeOf(type, " " + owner + "::*" + declarator);
      break;
    }
    case DW_TAG_subroutine_type:
      name = TypeOf(type, "") + " " + InParentheses(declarator) +
             Parameters(*type);
      break;
    case DW_TAG_array_type: {
      const std::string inner = InParentheses(declarator);
      name = TypeOf(type, "") + " " + inner + (inner.empty() ? "" : " ") +
             Bounds(&scopes_, *type);
      break;
    }
    case DW_TAG_class_type:
    case DW_TAG_structure_type:
    case DW_TAG_union_type:
    case DW_TAG_enumeration_type:
      name = QualifiedClass(*type) + declarator;
      break;
    default: {
      const std::string base = Take(dwarf_diename(type));
      name = std::string(UsualName(base)) + declarator;
    }
  }
  --depth_;
  return name;
}

}  // namespace bench_profiler
