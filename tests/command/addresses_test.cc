// Addresses, answers of servers, names that are nearly right.
#include <gtest/gtest.h>

#include <string>

#include "bench_profiler/command/http_response.h"
#include "bench_profiler/command/nearest_name.h"
#include "bench_profiler/command/url.h"

namespace bench_profiler {
namespace {

std::string Address(const std::string& source, int seconds = -1) {
  Url url;
  return ParseProfileUrl(source, seconds, &url) ? url.Text() : "none";
}

TEST(Url, WhatIsAnAddress) {
  for (const char* source :
       {"http://host", "localhost:8080", "127.0.0.1:80/x", "[::1]:80",
        "https://host/debug/pprof/heap?debug=0"}) {
    EXPECT_TRUE(IsUrl(source)) << source;
  }
  for (const char* source : {"cpu.prof", "-", "folder/cpu.prof", "a/b:80",
                             "C:\\x", "host:port", ":80", "a:b:c"}) {
    EXPECT_FALSE(IsUrl(source)) << source;
  }
}

TEST(Url, WithoutPathItIsTheCpuProfile) {
  const std::string cpu = "http://localhost:8080/debug/pprof/profile?seconds=";
  EXPECT_EQ(Address("localhost:8080"), cpu + "30");
  EXPECT_EQ(Address("http://localhost:8080/"), cpu + "30");
  EXPECT_EQ(Address("localhost:8080", 5), cpu + "5");
  EXPECT_EQ(Address("localhost:8080?seconds=2"), cpu + "2");
}

TEST(Url, SecondsReplaceThoseOfTheAddress) {
  EXPECT_EQ(Address("h:1/heap", 5), "http://h:1/heap?seconds=5");
  EXPECT_EQ(Address("h:1/heap?gc=1", 5), "http://h:1/heap?gc=1&seconds=5");
  EXPECT_EQ(Address("h:1/x?seconds=1&a=2", 5), "http://h:1/x?seconds=5&a=2");
  EXPECT_EQ(Address("h:1/x?myseconds=1"), "http://h:1/x?myseconds=1");
}

TEST(Url, KnowsHowLongTheServerTakes) {
  Url url;
  ASSERT_TRUE(ParseProfileUrl("h:1/debug/pprof/profile", -1, &url));
  EXPECT_EQ(url.seconds, 30);
  ASSERT_TRUE(ParseProfileUrl("h:1/x?a=1&seconds=7", -1, &url));
  EXPECT_EQ(url.seconds, 7);
  Url heap;
  ASSERT_TRUE(ParseProfileUrl("http://[::1]:81/heap#top", -1, &heap));
  EXPECT_EQ(heap.seconds, 0);
  EXPECT_EQ(heap.host, "::1");
  EXPECT_EQ(heap.port, "81");
  EXPECT_EQ(heap.target, "/heap");
}

TEST(Url, RefusesWhatIsNone) {
  for (const char* source :
       {"ftp://host/x", "http://", "http://host:x/", "http://host/a b",
        "http://host/a\r\nX: y", "http://[::1/x", "http://host:123456/"}) {
    EXPECT_EQ(Address(source), "none") << source;
  }
}

HttpResponse Parsed(const std::string& text) {
  HttpResponse response;
  if (!ParseHttpResponse(text, &response)) response.status = -1;
  return response;
}

TEST(HttpResponse, BodiesOfAllKinds) {
  EXPECT_EQ(Parsed("HTTP/1.0 200 OK\r\n\r\nto the end").body, "to the end");
  const std::string sized =
      "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody and more";
  EXPECT_EQ(Parsed(sized).body, "body");
  const std::string chunks =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n";
  EXPECT_EQ(Parsed(chunks).body, "abc0123456789");
  EXPECT_TRUE(IsCompleteHttpResponse(chunks));
  EXPECT_TRUE(IsCompleteHttpResponse(sized));
  EXPECT_FALSE(IsCompleteHttpResponse("HTTP/1.0 200 OK\r\n\r\nto the end"));
  // Each part of it is incomplete, and none is read beyond its end.
  for (size_t size = 0; size + 4 < chunks.size(); ++size) {
    EXPECT_EQ(Parsed(chunks.substr(0, size)).status, -1) << size;
    EXPECT_FALSE(IsCompleteHttpResponse(chunks.substr(0, size))) << size;
  }
}

TEST(HttpResponse, WhatIsNone) {
  for (const char* text :
       {"", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1\r\n\r\n",
        "HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "ffffffffffffffff\r\nx"}) {
    EXPECT_EQ(Parsed(text).status, -1) << text;
  }
}

TEST(NearestName, WhatMayHaveBeenMeant) {
  const std::vector<std::string> names = {"top", "tree", "traces", "focus"};
  EXPECT_EQ(NearestName("tpo", names), "top");
  EXPECT_EQ(NearestName("trees", names), "tree");
  EXPECT_EQ(NearestName("fcous", names), "focus");
  EXPECT_EQ(NearestName("xyz", names), "");
  EXPECT_EQ(NearestName("", names), "");
  EXPECT_EQ(NearestName(std::string(100000, 't'), names), "");
}

}  // namespace
}  // namespace bench_profiler
