#include "json.h"

#include <cstdlib>
#include <string>
#include <utility>

namespace text_suite {
namespace {

class JsonParser {
 public:
  explicit JsonParser(std::string_view text) : text_(text) {}

  bool ParseDocument(JsonValue* value) {
    if (!ParseValue(value)) return false;
    SkipSpace();
    return position_ == text_.size();
  }

 private:
  bool ParseValue(JsonValue* value) {
    SkipSpace();
    switch (Peek()) {
      case '{':
        return ParseObject(value);
      case '[':
        return ParseArray(value);
      case '"':
        value->type = JsonValue::Type::kString;
        return ParseString(&value->string);
      case 't':
        value->boolean = true;
        value->type = JsonValue::Type::kBool;
        return Skip("true");
      case 'f':
        value->type = JsonValue::Type::kBool;
        return Skip("false");
      case 'n':
        return Skip("null");
      default:
        return ParseNumber(value);
    }
  }

  bool ParseObject(JsonValue* value) {
    value->type = JsonValue::Type::kObject;
    ++position_;
    SkipSpace();
    if (Skip("}")) return true;
    do {
      std::string key;
      SkipSpace();
      if (!ParseString(&key)) return false;
      SkipSpace();
      if (!Skip(":") || !ParseValue(&value->members[std::move(key)])) {
        return false;
      }
      SkipSpace();
    } while (Skip(","));
    return Skip("}");
  }

  bool ParseArray(JsonValue* value) {
    value->type = JsonValue::Type::kArray;
    ++position_;
    SkipSpace();
    if (Skip("]")) return true;
    do {
      if (!ParseValue(&value->elements.emplace_back())) return false;
      SkipSpace();
    } while (Skip(","));
    return Skip("]");
  }

  bool ParseString(std::string* string) {
    if (!Skip("\"")) return false;
    while (position_ < text_.size() && text_[position_] != '"') {
      if (text_[position_] == '\\' && ++position_ == text_.size()) return false;
      string->push_back(text_[position_++]);
    }
    return Skip("\"");
  }

  bool ParseNumber(JsonValue* value) {
    value->type = JsonValue::Type::kNumber;
    const std::string digits(text_.substr(position_, kLongestNumber));
    char* rest = nullptr;
    value->number = std::strtod(digits.c_str(), &rest);
    position_ += static_cast<size_t>(rest - digits.c_str());
    return rest != digits.c_str();
  }

  void SkipSpace() {
    while (position_ < text_.size() && IsSpace(text_[position_])) ++position_;
  }

  bool Skip(std::string_view expected) {
    if (text_.substr(position_, expected.size()) != expected) return false;
    position_ += expected.size();
    return true;
  }

  char Peek() const {
    return position_ < text_.size() ? text_[position_] : '\0';
  }

  static bool IsSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }

  static constexpr size_t kLongestNumber = 40;  // in characters

  std::string_view text_;
  size_t position_ = 0;
};

}  // namespace

std::optional<JsonValue> ParseJson(std::string_view text) {
  JsonValue value;
  if (!JsonParser(text).ParseDocument(&value)) return std::nullopt;
  return value;
}

}  // namespace text_suite
