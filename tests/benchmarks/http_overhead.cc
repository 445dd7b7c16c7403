// What it costs a service that a CPU profile is being taken over HTTP.
//
//   build/dev/tests/benchmarks/http_overhead [rounds [seconds]]    (3, 20)
//
// wrk asks samples/service as often as it can, without a profile and while one
// of 5 seconds is taken after another. Each round runs every variant once, in
// turn. Each line: requests a second, CPU time of the service for one, and the
// medians over the rounds of the ratios to the first variant in the same round,
// with quartiles. http_load.sh is what runs.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>

#include "tests/benchmarks/paired_runs.h"

namespace bench_profiler {
namespace {

struct Variant {
  const char* title;
  const char* clients;
};

constexpr Variant kVariants[] = {{"no profile", "0"},
                                 {"the same again: noise", "0"},
                                 {"profile?seconds=5", "1"},
                                 {"two clients at once", "2"}};

// What the runs of a variant gave, one of each round.
struct Result {
  Figures requests;  // a second
  Figures micros;    // of CPU time, for one
  std::string statuses;
};

void Run(const Variant& variant, const char* path, const char* seconds,
         Result* result) {
  const ProgramResult run =
      RunProgram({"bash", LOAD, SERVICE, path, seconds, variant.clients});
  const Figure requests = NumberAfter(run, "requests/s ");
  const Figure micros = NumberAfter(run, "us/request ");
  if (!requests || !micros) {
    std::fprintf(stderr, "%s", run.err.c_str());
    std::exit(1);
  }
  result->requests.push_back(*requests);
  result->micros.push_back(*micros);
  const size_t statuses = run.out.find("status ");
  if (statuses != std::string::npos)
    result->statuses = run.out.substr(statuses);
}

void PrintRatios(const Figures& ratios) {
  std::printf("  %.3f x [%.3f %.3f]", Median(ratios), Quantile(ratios, 0.25),
              Quantile(ratios, 0.75));
}

void Compare(const char* title, const char* path, int rounds,
             const char* seconds) {
  constexpr size_t kSize = std::size(kVariants);
  Result results[kSize];
  for (int round = 0; round < rounds; ++round) {
    for (size_t i = 0; i < kSize; ++i) {
      // The machine drifts: each second round is the other way round.
      const size_t next = round % 2 == 0 ? i : kSize - 1 - i;
      Run(kVariants[next], path, seconds, &results[next]);
    }
  }
  std::printf("%s, %d rounds of %s s\n", title, rounds, seconds);
  for (size_t i = 0; i < kSize; ++i) {
    std::printf("  %-24s %6.0f/s", kVariants[i].title,
                Median(results[i].requests));
    PrintRatios(Ratios(results[i].requests, results[0].requests));
    std::printf("   %6.0f us", Median(results[i].micros));
    PrintRatios(Ratios(results[i].micros, results[0].micros));
    std::printf("\n");
  }
  std::printf("the last two clients got\n%s",
              results[kSize - 1].statuses.c_str());
  std::fflush(stdout);
}

}  // namespace
}  // namespace bench_profiler

int main(int argc, char** argv) {
  using namespace bench_profiler;  // NOLINT(google-build-using-namespace)
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 3;
  const char* seconds = argc > 2 ? argv[2] : "20";
  Compare("A list that is sorted", "/book/list", rounds, seconds);
  Compare("A page that is not there", "/", rounds, seconds);
  return 0;
}
