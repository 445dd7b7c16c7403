#include "tests/command/pushed_profile.h"

#include <gtest/gtest.h>

#include <cctype>
#include <cstddef>

#include "bench_profiler/formats/gunzip.h"
#include "tests/support/json.h"

namespace bench_profiler {
namespace {

std::string Decoded64(const std::string& text) {
  const std::string digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  EXPECT_EQ(text.size() % 4, 0U);
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') break;
    const size_t digit = digits.find(c);
    EXPECT_NE(digit, std::string::npos) << c;
    bits = bits << 6 | static_cast<unsigned>(digit);
    count += 6;
    if (count >= 8) bytes += static_cast<char>(bits >> (count -= 8) & 255);
  }
  return bytes;
}

bool IsUuid4(const std::string& id) {
  const std::string shape = "xxxxxxxx-xxxx-4xxx-vxxx-xxxxxxxxxxxx";
  if (id.size() != shape.size()) return false;
  for (size_t i = 0; i < id.size(); ++i) {
    const bool is_digit = std::isxdigit(static_cast<unsigned char>(id[i])) != 0;
    if (shape[i] == 'x'   ? !is_digit
        : shape[i] == 'v' ? std::string("89ab").find(id[i]) == std::string::npos
                          : id[i] != shape[i]) {
      return false;
    }
  }
  return true;
}

}  // namespace

PushedProfile DecodedPush(const ToolFolder& folder,
                          const std::string& request) {
  PushedProfile pushed;
  const size_t end = request.find("\r\n\r\n");
  pushed.head = request.substr(0, end + 2);
  EXPECT_TRUE(Has(pushed.head, "POST /push.v1.PusherService/Push HTTP/1.1\r\n"))
      << pushed.head;
  EXPECT_TRUE(Has(pushed.head, "\r\nContent-Type: application/json\r\n"));
  EXPECT_TRUE(Has(pushed.head, "\r\nContent-Encoding: gzip\r\n"));
  std::string body, error;
  EXPECT_TRUE(Gunzip(request.substr(end + 4), &body, &error)) << error;
  const Json json = Json::Parse(body);
  EXPECT_EQ(json["series"].size(), 1U) << body;
  for (const Json& label : json["series"][0]["labels"]) {
    const std::string& name = label["name"].Text();
    EXPECT_TRUE(pushed.labels.emplace(name, label["value"].Text()).second)
        << name << " is there twice";
  }
  EXPECT_EQ(json["series"][0]["samples"].size(), 1U) << body;
  const Json& sample = json["series"][0]["samples"][0];
  pushed.id = sample["ID"].Text();
  EXPECT_TRUE(IsUuid4(pushed.id)) << pushed.id;
  folder.WriteBytes("pushed.prof", Decoded64(sample["rawProfile"].Text()));
  pushed.profile = ReadProfile(folder.path() + "/pushed.prof");
  EXPECT_TRUE(pushed.profile.valid) << pushed.profile.problem;
  return pushed;
}

}  // namespace bench_profiler
