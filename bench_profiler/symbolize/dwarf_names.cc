#include "bench_profiler/symbolize/dwarf_names.h"

#include <dwarf.h>

#include <cstring>
#include <string_view>
#include <utility>

#include "bench_profiler/profile/declaration.h"
#include "bench_profiler/profile/demangle.h"

namespace bench_profiler {
namespace {

constexpr size_t kBudget = 1 << 16;  // characters of a name
constexpr size_t kMaxDepth = 64;     // of scopes and types around each other
constexpr int kMaxReferences = 16;
constexpr std::string_view kAnonymous = "(anonymous namespace)";

bool IsClass(int tag) {
  return tag == DW_TAG_class_type || tag == DW_TAG_structure_type ||
         tag == DW_TAG_union_type || tag == DW_TAG_enumeration_type ||
         tag == DW_TAG_interface_type;
}

bool IsCxx(Dwarf_Die die) {
  Dwarf_Die unit;
  if (dwarf_diecu(&die, &unit, nullptr, nullptr) == nullptr) return false;
  switch (dwarf_srclang(&unit)) {
    case DW_LANG_C_plus_plus:
    case DW_LANG_C_plus_plus_03:
    case DW_LANG_C_plus_plus_11:
    case DW_LANG_C_plus_plus_14:
    case 0x2b:  // DW_LANG_C_plus_plus_17, which older headers do not have
    case 0x2c:  // DW_LANG_C_plus_plus_20
      return true;
    default:
      return false;
  }
}

bool IsExternal(Dwarf_Die die) {
  Dwarf_Attribute attribute;
  bool is_external = false;
  return dwarf_formflag(dwarf_attr_integrate(&die, DW_AT_external, &attribute),
                        &is_external) == 0 &&
         is_external;
}

// GCC names a class without a name after its typedef, in this way only.
std::string NameOfTypedef(Dwarf_Die type) {
  Dwarf_Attribute attribute;
  const char* symbol =
      dwarf_formstring(dwarf_attr(&type, DW_AT_linkage_name, &attribute));
  if (symbol == nullptr) return "";
  const std::string mangled = std::string("_Z") + symbol;
  const std::string name = FullName(mangled);
  return name == mangled ? "" : name;
}

// Clang writes "operator<<int>" for operator< with a template argument.
std::string ShortOperator(const std::string& name) {
  constexpr std::string_view kLess = "operator<";
  if (name.compare(0, kLess.size(), kLess) != 0) return "";
  int depth = 0;
  for (const char c : name.substr(kLess.size())) {
    if (c == '<') ++depth;
    if (c == '>') --depth;
  }
  const bool has_arguments = name.size() > kLess.size() + 1 &&
                             name[kLess.size()] == '<' && name.back() == '>';
  return has_arguments && depth == 0 ? std::string(kLess) : "";
}

std::string ShortOwnName(const std::string& name) {
  const std::string less = ShortOperator(name);
  return less.empty() ? WithoutTemplateArguments(name) : less;
}

std::string WithGccsAnonymous(std::string name) {
  for (size_t i = 0; (i = name.find(kAnonymous, i)) != std::string::npos;) {
    name.replace(i, kAnonymous.size(), "{anonymous}");
  }
  return name;
}

}  // namespace

bool FollowDwarf(Dwarf_Die* die, unsigned attribute, Dwarf_Die* target) {
  Dwarf_Attribute reference;
  return dwarf_formref_die(dwarf_attr(die, attribute, &reference), target) !=
         nullptr;
}

Dwarf_Die DwarfDeclaration(const Dwarf_Die& die) {
  Dwarf_Die declaration = die;
  for (int i = 0; i < kMaxReferences; ++i) {
    Dwarf_Die next;
    if (!FollowDwarf(&declaration, DW_AT_abstract_origin, &next) &&
        !FollowDwarf(&declaration, DW_AT_specification, &next)) {
      break;
    }
    declaration = next;
  }
  return declaration;
}

bool DwarfNames::Spend(size_t cost) {
  const bool is_enough = budget_ > cost;
  budget_ = is_enough ? budget_ - cost : 0;
  return is_enough;
}

std::string DwarfNames::Take(const char* text) {
  if (text == nullptr) return "";
  return Spend(std::strlen(text) + 1) ? text : "...";
}

DwarfNames::Name DwarfNames::OfFunction(const Dwarf_Die& function) {
  budget_ = kBudget;
  depth_ = 0;
  Dwarf_Die declaration = DwarfDeclaration(function);
  const std::string own = Take(dwarf_diename(&declaration));
  if (own.empty() || (!IsCxx(function) && !IsCxx(declaration))) {
    return {own, own};
  }
  const std::string prefix = Prefix(declaration);
  Name name = {WithoutTemplateArguments(prefix) + ShortOwnName(own),
               prefix + own};
  // main() and the functions of C have the name as their symbol. Without any
  // type, as after -g1, nothing is known of parameters.
  const std::string parameters = Parameters(WithParameters(function));
  if (!prefix.empty() || (!IsExternal(declaration) && parameters != "()")) {
    name.full_name += parameters;
  }
  name.full_name = WithGccsAnonymous(std::move(name.full_name));
  return name;
}

std::string DwarfNames::Prefix(const Dwarf_Die& die) {
  Dwarf_Die scope;
  if (depth_ >= kMaxDepth || !Spend(1) || !scopes_.Parent(die, &scope)) {
    return "";
  }
  const auto known = prefixes_.find(scope.addr);
  if (known != prefixes_.end()) {
    return Spend(known->second.size()) ? known->second : "";
  }
  ++depth_;
  std::string prefix = PrefixOf(&scope);
  --depth_;
  if (budget_ > 0) prefixes_[scope.addr] = prefix;
  return prefix;
}

std::string DwarfNames::PrefixOf(Dwarf_Die* scope) {
  const int tag = dwarf_tag(scope);
  if (tag == DW_TAG_namespace) {
    const std::string name = Take(dwarf_diename(scope));
    return Prefix(*scope) + (name.empty() ? std::string(kAnonymous) : name) +
           "::";
  }
  if (IsClass(tag)) return QualifiedClass(*scope) + "::";
  if (tag == DW_TAG_subprogram) return QualifiedFunction(*scope) + "::";
  if (tag == DW_TAG_lexical_block) return Prefix(*scope);
  return "";
}

std::string DwarfNames::QualifiedFunction(const Dwarf_Die& function) {
  Dwarf_Die declaration = DwarfDeclaration(function);
  const std::string prefix = Prefix(declaration);
  const bool is_of_c = prefix.empty() && IsExternal(declaration);
  return prefix + Take(dwarf_diename(&declaration)) +
         (is_of_c ? "" : Parameters(WithParameters(function)));
}

// The declaration has the parameters too, unless its class is described in a
// unit of its own, which is only mentioned in that of the function.
Dwarf_Die DwarfNames::WithParameters(const Dwarf_Die& function) {
  const Dwarf_Die declaration = DwarfDeclaration(function);
  for (Dwarf_Die& child : scopes_.Children(declaration)) {
    if (dwarf_tag(&child) == DW_TAG_formal_parameter) return declaration;
  }
  Dwarf_Die original = function;
  Dwarf_Die next;
  for (int i = 0; i < kMaxReferences &&
                  FollowDwarf(&original, DW_AT_abstract_origin, &next);
       ++i) {
    original = next;
  }
  return original;
}

std::string DwarfNames::QualifiedClass(const Dwarf_Die& type) {
  Dwarf_Die declaration = DwarfDeclaration(type);
  Dwarf_Die whole;  // in a unit of its own
  if (dwarf_diename(&declaration) == nullptr &&
      FollowDwarf(&declaration, DW_AT_signature, &whole)) {
    declaration = DwarfDeclaration(whole);
  }
  const std::string name = Take(dwarf_diename(&declaration));
  if (!name.empty()) return Prefix(declaration) + name;
  const std::string of_typedef = NameOfTypedef(declaration);
  if (!of_typedef.empty()) return Take(of_typedef.c_str());
  return Prefix(declaration) + NameOfUnnamed(declaration);
}

std::string DwarfNames::NameOfUnnamed(const Dwarf_Die& type) {
  Dwarf_Die scope = type;
  Dwarf_Die parent;
  for (int i = 0; i < kMaxReferences && scopes_.Parent(scope, &parent); ++i) {
    scope = parent;
    if (dwarf_tag(&scope) != DW_TAG_lexical_block) break;
  }
  const auto [it, is_new] = unnamed_.try_emplace(scope.addr);
  std::vector<Unnamed>& all = it->second;
  if (is_new && depth_ < kMaxDepth) {
    ++depth_;
    AddUnnamed(scope, &all);
    --depth_;
  }
  const std::string parameters = ParametersOfLambda(type);
  size_t number = 1;
  for (const Unnamed& other : all) {
    if (other.address == type.addr) break;
    if (other.parameters == parameters) ++number;
  }
  return (parameters.empty() ? "{unnamed type" : "{lambda" + parameters) + "#" +
         std::to_string(number) + "}";
}

void DwarfNames::AddUnnamed(const Dwarf_Die& scope,
                            std::vector<Unnamed>* types) {
  for (Dwarf_Die& child : scopes_.Children(scope)) {
    const int tag = dwarf_tag(&child);
    if (tag == DW_TAG_lexical_block && depth_ < kMaxDepth) {
      ++depth_;
      AddUnnamed(child, types);
      --depth_;
    } else if (IsClass(tag) && dwarf_diename(&child) == nullptr &&
               NameOfTypedef(child).empty()) {
      types->push_back({child.addr, ParametersOfLambda(child)});
    }
  }
}

std::string DwarfNames::ParametersOfLambda(const Dwarf_Die& type) {
  for (Dwarf_Die& member : scopes_.Children(type)) {
    if (dwarf_tag(&member) != DW_TAG_subprogram) continue;
    const char* name = dwarf_diename(&member);
    if (name == nullptr || std::strncmp(name, "operator()", 10) != 0) continue;
    std::string parameters = Parameters(member);
    return parameters.substr(0, parameters.rfind(')') + 1);  // no " const"
  }
  return "";
}

}  // namespace bench_profiler
