#include "bench_profiler/report/compatible.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "bench_profiler/profile/parsed_scale.h"
#include "bench_profiler/report/measurement.h"

namespace bench_profiler {
namespace {

// "objects" and "object" are the same.
std::string_view Singular(std::string_view type) {
  if (!type.empty() && type.back() == 's') type.remove_suffix(1);
  return type;
}

size_t IndexOf(std::string_view type, const std::vector<TypeAndUnit>& types) {
  const auto found =
      std::find_if(types.begin(), types.end(), [&](const TypeAndUnit& each) {
        return Singular(each.type) == Singular(type);
      });
  return static_cast<size_t>(found - types.begin());
}

// The types that the other has as well, in the order of the first.
std::vector<TypeAndUnit> CommonTypes(const ParsedProfile& one,
                                     const ParsedProfile& other) {
  std::vector<TypeAndUnit> common;
  for (const TypeAndUnit& type : one.value_types) {
    if (IndexOf(type.type, other.value_types) < other.value_types.size()) {
      common.push_back(type);
    }
  }
  return common;
}

void KeepTypes(const std::vector<TypeAndUnit>& types, ParsedProfile* profile) {
  std::vector<size_t> indices;
  indices.reserve(types.size());
  for (const TypeAndUnit& type : types) {
    indices.push_back(IndexOf(type.type, profile->value_types));
  }
  const bool has_default =
      IndexOf(profile->default_value_type, types) < types.size();
  if (!has_default && !profile->default_value_type.empty()) {
    profile->default_value_type = types[0].type;
  }
  std::vector<TypeAndUnit> kept;
  for (size_t i = 0; i < indices.size(); ++i) {
    kept.push_back({types[i].type, profile->value_types[indices[i]].unit});
  }
  profile->value_types = std::move(kept);
  for (ParsedSample& sample : profile->samples) {
    std::vector<int64_t> values;
    values.reserve(indices.size());
    for (const size_t index : indices) values.push_back(sample.values[index]);
    sample.values = std::move(values);
  }
}

// Whether both count the same kind of thing: "ms" and "nanoseconds".
bool AreOfOneKind(const std::string& one, const std::string& other) {
  return one == other ||
         (!Scale(1, one, "auto").unit.empty() &&
          Scale(1, one, other).unit == Scale(1, other, other).unit);
}

// What a value in `from` is multiplied by to be one in `to`.
double Ratio(const std::string& from, const std::string& to) {
  return from == to ? 1 : Scale(1, from, to).value;
}

// The ratios are what the values of either are multiplied by.
bool MakeSameUnits(TypeAndUnit* one, TypeAndUnit* other, double* one_ratio,
                   double* other_ratio, std::string* error) {
  if (!AreOfOneKind(one->unit, other->unit)) {
    *error = "incompatible units of " + one->type + ": " + one->unit + " and " +
             other->unit;
    return false;
  }
  const std::string unit =
      Ratio(other->unit, one->unit) < 1 ? other->unit : one->unit;
  *one_ratio = Ratio(one->unit, unit);
  *other_ratio = Ratio(other->unit, unit);
  one->unit = unit;
  other->unit = unit;
  return true;
}

bool MakePeriodsSame(ParsedProfile* one, ParsedProfile* other,
                     std::string* error) {
  if (Singular(one->period_type.type) != Singular(other->period_type.type)) {
    *error = "incompatible period types: " + one->period_type.type + " and " +
             other->period_type.type;
    return false;
  }
  double one_ratio = 1;
  double other_ratio = 1;
  if (!MakeSameUnits(&one->period_type, &other->period_type, &one_ratio,
                     &other_ratio, error)) {
    return false;
  }
  other->period_type.type = one->period_type.type;
  one->period = ToInt64(static_cast<double>(one->period) * one_ratio);
  other->period = ToInt64(static_cast<double>(other->period) * other_ratio);
  return true;
}

bool MakeCompatible(ParsedProfile* one, ParsedProfile* other,
                    std::string* error) {
  if (!MakePeriodsSame(one, other, error)) return false;
  const std::vector<TypeAndUnit> types = CommonTypes(*one, *other);
  if (types.empty()) {
    *error = "it has no type of values in common with those before it";
    return false;
  }
  KeepTypes(types, one);
  KeepTypes(types, other);
  std::vector<double> one_ratios(types.size());
  std::vector<double> other_ratios(types.size());
  for (size_t i = 0; i < types.size(); ++i) {
    if (!MakeSameUnits(&one->value_types[i], &other->value_types[i],
                       &one_ratios[i], &other_ratios[i], error)) {
      return false;
    }
  }
  ScaleValues(one_ratios, one);
  ScaleValues(other_ratios, other);
  return true;
}

}  // namespace

bool AddCompatible(ParsedProfile* profile, ProfileMerger* merger,
                   std::string* error) {
  if (merger->Add(*profile, error)) return true;
  ParsedProfile sum = merger->Finish();
  *merger = ProfileMerger();
  return MakeCompatible(&sum, profile, error) && merger->Add(sum, error) &&
         merger->Add(*profile, error);
}

}  // namespace bench_profiler
