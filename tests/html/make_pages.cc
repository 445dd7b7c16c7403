// Writes pages to look at, and for the tests that open them in a browser.
//
//   make_pages out cpu.prof.d mem.prof.d
//
// out/made_up_1000.html, out/made_up_50000.html and out/flame.svg; if folders
// of profiles are given, their report, out/report.html.
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "bench_profiler/formats/parsed_flame_svg.h"
#include "bench_profiler/html/page.h"
#include "bench_profiler/html/report.h"
#include "tests/formats/parsed_profiles.h"
#include "tests/html/made_up_page.h"

int main(int argc, char** argv) {
  using bench_profiler::HtmlPage;
  if (argc < 2) {
    std::fprintf(stderr, "make_pages FOLDER [FILE.d...]\n");
    return 2;
  }
  const std::string folder = argv[1];
  std::ofstream(folder + "/made_up_1000.html")
      << HtmlPage(bench_profiler::MadeUpSuite(1000));
  std::ofstream(folder + "/made_up_50000.html")
      << HtmlPage(bench_profiler::MadeUpTree(50000));
  std::ofstream(folder + "/flame.svg") << bench_profiler::ToFlameSvg(
      bench_profiler::MakeParsed(
          {{{"+Parse", "Load", "main"}, 500},
           {{"Sort", "Load", "main"}, 250},
           {{"Sort", "main"}, 150},
           {{"<script>alert(1)</script>", "main"}, 100}}),
      {});
  const std::vector<std::string> profiles(argv + 2, argv + argc);
  std::string error;
  if (!profiles.empty() &&
      !bench_profiler::WriteReport(profiles, folder + "/report.html", &error)) {
    std::fprintf(stderr, "make_pages: %s\n", error.c_str());
    return 1;
  }
  return 0;
}
