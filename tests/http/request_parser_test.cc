#include "bench_profiler/http/request_parser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace bench_profiler {
namespace {

constexpr const char* kHost = "Host: localhost\r\n\r\n";

// The state of `text`, of which every shorter part must not be complete, and of
// which no part may be refused in another way.
HeadState Parse(std::string_view text, RequestHead* head, Refusal* refusal) {
  const HeadState all = ParseRequestHead(text, head, refusal);
  size_t end = all == HeadState::kComplete ? head->size : text.size();
  end = std::min(end, size_t{300});  // the rest would take long
  for (size_t size = 0; size < end; ++size) {
    RequestHead part_head;
    Refusal part;
    const HeadState state =
        ParseRequestHead(text.substr(0, size), &part_head, &part);
    EXPECT_NE(state, HeadState::kComplete) << size << " bytes of " << text;
    if (state != HeadState::kRefused) continue;
    EXPECT_EQ(all, HeadState::kRefused) << size << " bytes of " << text;
    EXPECT_EQ(part.status, refusal->status) << size << " bytes of " << text;
  }
  return all;
}

struct Request {
  std::string method;
  std::string path;
  std::string query;
  std::string host;
  RequestHead head;
};

Request ParseGood(const std::string& text) {
  RequestHead head;
  Refusal refusal;
  EXPECT_EQ(Parse(text, &head, &refusal), HeadState::kComplete)
      << text << refusal.why;
  return {std::string(head.method), std::string(head.path),
          std::string(head.query), std::string(head.host), head};
}

// The status of the answer, or 0 if it is not refused.
int Refused(const std::string& text) {
  RequestHead head;
  Refusal refusal;
  if (Parse(text, &head, &refusal) != HeadState::kRefused) return 0;
  EXPECT_STRNE(refusal.why, "");
  return refusal.status;
}

TEST(RequestParser, WhatGoSends) {
  const std::string text =
      "GET /debug/pprof/profile?seconds=5 HTTP/1.1\r\n"
      "Host: localhost:8080\r\n"
      "User-Agent: Go-http-client/1.1\r\n"
      "Accept-Encoding: gzip\r\n\r\n";
  const Request request = ParseGood(text);
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.path, "/debug/pprof/profile");
  EXPECT_EQ(request.query, "seconds=5");
  EXPECT_EQ(request.host, "localhost:8080");
  EXPECT_EQ(request.head.size, text.size());
  EXPECT_EQ(request.head.body_size, 0u);
  EXPECT_FALSE(request.head.expects_continue);
}

TEST(RequestParser, ABodyFollows) {
  const std::string text =
      "POST /debug/pprof/symbol HTTP/1.1\r\nhost: [::1]:80\r\n"
      "CONTENT-LENGTH:\t 003 \r\nExpect: 100-Continue\r\n\r\n0x1";
  const Request request = ParseGood(text);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.query, "");
  EXPECT_EQ(request.host, "[::1]:80");
  EXPECT_EQ(request.head.body_size, 3u);
  EXPECT_EQ(request.head.size, text.size() - 3);
  EXPECT_TRUE(request.head.expects_continue);
}

TEST(RequestParser, LinesMayEndWithALineFeedAlone) {
  EXPECT_EQ(ParseGood("GET / HTTP/1.1\nHost: a\n\n").host, "a");
  EXPECT_EQ(ParseGood("\r\n\r\nGET /x HTTP/1.0\r\n\r\n").path, "/x");
}

TEST(RequestParser, TargetsAsForAProxy) {
  const std::string rest = std::string(" HTTP/1.1\r\n") + kHost;
  Request request = ParseGood("GET http://a:80/x?y=/z?" + rest);
  EXPECT_EQ(request.host, "a:80");
  EXPECT_EQ(request.path, "/x");
  EXPECT_EQ(request.query, "y=/z?");
  request = ParseGood("GET HTTP://a?q" + rest);
  EXPECT_EQ(request.path, "/");
  EXPECT_EQ(request.query, "q");
  EXPECT_EQ(ParseGood("OPTIONS *" + rest).path, "*");
  EXPECT_EQ(Refused("GET http://" + rest), 400);
  EXPECT_EQ(Refused("GET http:///x" + rest), 400);
  EXPECT_EQ(Refused("GET http://me@a/" + rest), 400);
  EXPECT_EQ(Refused("GET https://a/" + rest), 400);
  EXPECT_EQ(Refused("CONNECT a:80" + rest), 400);
}

TEST(RequestParser, BadRequestLines) {
  const std::string rest = std::string("\r\n") + kHost;
  for (const char* line :
       {"GET /", "GET / HTTP/1", "GET / HTTP/1.1 ", "GET  / HTTP/1.1",
        "GET /a b HTTP/1.1", "G(T / HTTP/1.1", " / HTTP/1.1", "GET / http/1.1",
        "GET / HTTP/x.1", "GET / HTTP/11.1", "GET a HTTP/1.1",
        "GET /#a HTTP/1.1", "GET /\t HTTP/1.1", "GET /\x80 HTTP/1.1",
        "GET /\r HTTP/1.1", "GET"}) {
    EXPECT_EQ(Refused(line + rest), 400) << line;
  }
  EXPECT_EQ(Refused(std::string("GET /\0 HTTP/1.1", 15) + rest), 400);
  EXPECT_EQ(Refused("GET / HTTP/2.0" + rest), 505);
  EXPECT_EQ(Refused("GET / HTTP/0.9" + rest), 505);
  EXPECT_EQ(Refused("\x16\x03\x01"), 400) << "TLS hears so at once";
}

TEST(RequestParser, BadFields) {
  const std::string start = "GET / HTTP/1.1\r\n";
  for (const char* field :
       {"Name : value", "Name", ": value", " Name: value", "\tfolded",
        "Na(me: value", "Name: a\x01", "Name: a\rb", "Name: \x7f",
        "Host: again", "Content-Length: ", "Content-Length: -1",
        "Content-Length: 1, 1", "Content-Length: 0x1", "Content-Length: +1",
        "Content-Length: 1\r\nContent-Length: 1",
        "Content-Length: 1\r\nTransfer-Encoding: chunked"}) {
    EXPECT_EQ(Refused(start + field + "\r\n" + kHost), 400) << field;
  }
  EXPECT_EQ(Refused(start + std::string("Name: a\0", 8) + "\r\n" + kHost), 400);
  EXPECT_EQ(Refused(start + "\r\n"), 400) << "no Host";
  EXPECT_EQ(Refused("GET / HTTP/1.0\r\n\r\n"), 0) << "needs none";
  const struct {
    const char* field;
    int status;
  } cases[] = {{"Transfer-Encoding: Chunked", 411},
               {"Transfer-Encoding: gzip, chunked", 501},
               {"Content-Length: 1048577", 413},
               {"Content-Length: 99999999999999999999999", 413},
               {"Expect: a miracle", 417},
               {"Name: \xc3\xa4\ttab", 0},
               {"Name:", 0},
               {"Content-Length: 1048576", 0}};
  for (const auto& [field, status] : cases) {
    EXPECT_EQ(Refused(start + field + "\r\n" + kHost), status) << field;
  }
}

TEST(RequestParser, HeadsHaveALimit) {
  const std::string start = "GET /";
  const std::string rest = std::string(" HTTP/1.1\r\n") + kHost;
  const size_t filling = kMaxHeadSize - start.size() - rest.size();
  EXPECT_EQ(Refused(start + std::string(filling, 'a') + rest), 0);
  EXPECT_EQ(Refused(start + std::string(filling + 1, 'a') + rest), 431);
  std::string fields = start + " HTTP/1.1\r\n";
  while (fields.size() < kMaxHeadSize) fields += "A:\n";
  EXPECT_EQ(Refused(fields), 431);
}

}  // namespace
}  // namespace bench_profiler
