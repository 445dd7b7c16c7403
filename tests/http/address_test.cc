#include "bench_profiler/http/address.h"

#include <gtest/gtest.h>

namespace bench_profiler {
namespace {

// The address as it stands in a URL, or "" if it is refused.
std::string Text(const std::string& text, bool* is_loopback = nullptr) {
  HttpAddress address;
  const Error error = ParseHttpAddress(text, &address);
  if (error) return "";
  if (is_loopback != nullptr) *is_loopback = address.IsLoopback();
  return address.Text();
}

TEST(HttpAddress, OnlyThisMachineUnlessSpelledOut) {
  const struct {
    const char* text;
    const char* address;
    bool is_loopback;
  } cases[] = {{"localhost:8080", "127.0.0.1:8080", true},
               {"LocalHost:0", "127.0.0.1:0", true},
               {":8080", "127.0.0.1:8080", true},
               {"8080", "127.0.0.1:8080", true},
               {"127.1.2.3:1", "127.1.2.3:1", true},
               {"[::1]:65535", "[::1]:65535", true},
               {"[::ffff:127.0.0.1]:1", "[::ffff:127.0.0.1]:1", true},
               {"0.0.0.0:8080", "0.0.0.0:8080", false},
               {"192.168.0.1:8080", "192.168.0.1:8080", false},
               {"[::]:8080", "[::]:8080", false},
               {"[2001:db8::1]:8080", "[2001:db8::1]:8080", false}};
  for (const auto& [text, address, expected] : cases) {
    bool is_loopback = !expected;
    EXPECT_EQ(Text(text, &is_loopback), address) << text;
    EXPECT_EQ(is_loopback, expected) << text;
  }
}

TEST(HttpAddress, WhatIsNone) {
  for (const char* text : {"",
                           ":",
                           "localhost",
                           "localhost:",
                           "localhost:http",
                           "localhost:-1",
                           "localhost:65536",
                           "localhost:123456",
                           "localhost: 80",
                           "::1:80",
                           "[::1]",
                           "[::1:80",
                           "::1]:80",
                           "[]:80",
                           "[1.2.3.4]:80",
                           "1.2.3:80",
                           "256.0.0.1:80",
                           "example.com:80",
                           "http://localhost:80",
                           "*:80",
                           "localhost:80/",
                           " :80",
                           "+80",
                           "0x50"}) {
    EXPECT_EQ(Text(text), "") << text;
  }
  HttpAddress address;
  EXPECT_NE(std::string(ParseHttpAddress("web", &address).message())
                .find("HOST:PORT"),
            std::string::npos);
}

TEST(HttpAddress, HostsThatMeanTheLoopbackInterface) {
  for (const char* host :
       {"localhost", "localhost:8080", "LOCALHOST.:1", "127.0.0.1",
        "127.0.0.1:8080", "127.9.9.9", "[::1]", "[::1]:8080"}) {
    EXPECT_TRUE(IsLoopbackHost(host)) << host;
  }
  for (const char* host :
       {"", ":8080", "evil.com", "evil.com:8080", "localhost.evil.com",
        "127.0.0.1.evil.com", "0.0.0.0", "192.168.0.1", "[::]", "::1",
        "localhost:80:80", "[::1]evil.com", "evil.com[::1]"}) {
    EXPECT_FALSE(IsLoopbackHost(host)) << host;
  }
}

}  // namespace
}  // namespace bench_profiler
