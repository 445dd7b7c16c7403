#include "tests/support/json.h"

#include <limits>
#include <nlohmann/json.hpp>

namespace bench_profiler {
namespace {

const Json kAbsent;

}  // namespace

struct JsonMaker {
  static Json Make(const nlohmann::json& value) {
    Json json;
    json.source_ = value.dump();
    if (value.is_boolean()) {
      json.kind_ = Json::Kind::kBool;
      json.number_ = value.get<bool>() ? 1 : 0;
    } else if (value.is_number()) {
      json.kind_ = Json::Kind::kNumber;
      json.number_ = value.get<double>();
    } else if (value.is_string()) {
      json.kind_ = Json::Kind::kString;
      json.text_ = value.get<std::string>();
    } else if (value.is_array()) {
      json.kind_ = Json::Kind::kArray;
      for (const auto& item : value) json.items_.push_back(Make(item));
    } else if (value.is_object()) {
      json.kind_ = Json::Kind::kObject;
      for (const auto& [key, field] : value.items()) {
        json.fields_[key] = Make(field);
      }
    }
    return json;
  }
};

Json Json::Parse(const std::string& text) {
  return JsonMaker::Make(nlohmann::json::parse(text));
}

double Json::Number() const {
  return kind_ == Kind::kNumber ? number_
                                : std::numeric_limits<double>::quiet_NaN();
}

const Json& Json::operator[](const std::string& key) const {
  const auto found = fields_.find(key);
  return found != fields_.end() ? found->second : kAbsent;
}

const Json& Json::operator[](size_t index) const {
  return index < items_.size() ? items_[index] : kAbsent;
}

}  // namespace bench_profiler
