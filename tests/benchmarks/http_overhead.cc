// What it costs a service that a CPU profile is being taken over HTTP.
//
//   build/dev/tests/benchmarks/http_overhead [rounds [seconds]]    (3, 20)
//
// wrk asks samples/service as often as it can, without a profile and while one
// of 5 seconds is taken after another. Each round runs every variant once, in
// turn. Each line: requests a second, and the median over the rounds of the
// ratio to the first variant in the same round, with quartiles. http_load.sh is
// what runs.
#include <cstdio>
#include <string>
#include <vector>

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

void Compare(const char* title, const char* path, int rounds,
             const char* seconds) {
  std::vector<Subject> subjects;
  for (const Variant& variant : kVariants) {
    subjects.push_back(
        {{"bash", LOAD, SERVICE, path, seconds, variant.clients}, {}});
  }
  std::string answers;
  const std::vector<Figures> requests =
      RunInTurns(subjects, rounds, [&](const ProgramResult& run) {
        const size_t second_line = run.out.find('\n') + 1;
        if (second_line < run.out.size()) {
          answers = run.out.substr(second_line);
        }
        return NumberAfter(run, "requests/s ");
      });
  std::printf("%s, %d rounds of %s s\n", title, rounds, seconds);
  for (size_t i = 0; i < subjects.size(); ++i) {
    const Figures ratios = Ratios(requests[i], requests[0]);
    if (ratios.empty()) continue;
    std::printf("  %-24s %9.0f/s %8.3f x  [%.3f %.3f]\n", kVariants[i].title,
                Median(requests[i]), Median(ratios), Quantile(ratios, 0.25),
                Quantile(ratios, 0.75));
  }
  std::printf("the last two clients got\n%s", answers.c_str());
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
