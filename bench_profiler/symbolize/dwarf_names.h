// Names of functions for which debug information has no symbol: inlined ones,
// those of anonymous namespaces, members that the compiler never had to name.
//
//   DwarfNames names;
//   const DwarfNames::Name name = names.OfFunction(die);
//   // name.short_name == "(anonymous namespace)::Tree::Find"
//   // name.full_name  == "{anonymous}::Tree<int>::Find(int) const"
//
// They are put together from what the function is declared in. The full name
// has GCC's word for anonymous namespaces: pprof takes what is in parentheses
// for parameters, and removes it.
//
// The time and memory that a name may take are bounded, also with damaged debug
// information: what is too much is "...".
#ifndef BENCH_PROFILER_SYMBOLIZE_DWARF_NAMES_H_
#define BENCH_PROFILER_SYMBOLIZE_DWARF_NAMES_H_

#include <elfutils/libdw.h>

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench_profiler/symbolize/dwarf_scopes.h"

namespace bench_profiler {

class DwarfNames {
 public:
  struct Name {
    std::string short_name;  // both are empty if the function has no name
    std::string full_name;
  };

  // `function` is a DW_TAG_subprogram or a DW_TAG_inlined_subroutine. If it is
  // not of C++, both names are the one that it has.
  Name OfFunction(const Dwarf_Die& function);

 private:
  // A class without a name, and its parameters if it is that of a lambda.
  struct Unnamed {
    const void* address;
    std::string parameters;
  };

  // What stands before a name that is declared there: "A<int>::f(int)::".
  std::string Prefix(const Dwarf_Die& die);
  std::string PrefixOf(Dwarf_Die* scope);
  std::string QualifiedFunction(const Dwarf_Die& function);
  std::string QualifiedClass(const Dwarf_Die& type);
  // "{lambda(int)#1}", "{unnamed type#1}"
  std::string NameOfUnnamed(const Dwarf_Die& type);
  void AddUnnamed(const Dwarf_Die& scope, std::vector<Unnamed>* types);
  std::string ParametersOfLambda(const Dwarf_Die& type);

  Dwarf_Die WithParameters(const Dwarf_Die& function);

  // In dwarf_types.cc.
  // "(int, char const*)"
  std::string Parameters(const Dwarf_Die& function);
  // The type of what is declared as `declarator`: "int" and "*" are "int*".
  std::string TypeOf(Dwarf_Die* declared, const std::string& declarator);
  std::string TypeName(Dwarf_Die* type, const std::string& declarator);
  std::string ParameterType(Dwarf_Die* parameter);

  // Pays for a piece of text, or for a step of the work. Returns "..." or false
  // if the name has cost enough.
  std::string Take(const char* text);
  bool Spend(size_t cost);

  DwarfScopes scopes_;
  std::unordered_map<const void*, std::string> prefixes_;          // by scope
  std::unordered_map<const void*, std::vector<Unnamed>> unnamed_;  // by scope
  size_t budget_ = 0;
  size_t depth_ = 0;
};

// Returns whether the DIE has an attribute that refers to another one.
bool FollowDwarf(Dwarf_Die* die, unsigned attribute, Dwarf_Die* target);

// Goes from a copy of a function to the function, and from a definition to the
// declaration, which is where it has its name.
Dwarf_Die DwarfDeclaration(const Dwarf_Die& die);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_DWARF_NAMES_H_
