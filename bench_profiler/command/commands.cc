#include "bench_profiler/command/commands.h"

#include "bench_profiler/command/compare_command.h"
#include "bench_profiler/command/completion.h"
#include "bench_profiler/command/diff_command.h"
#include "bench_profiler/command/file_commands.h"
#include "bench_profiler/command/nearest_name.h"
#include "bench_profiler/command/option_table.h"
#include "bench_profiler/command/push_command.h"
#include "bench_profiler/command/report_commands.h"
#include "bench_profiler/command/shell.h"

namespace bench_profiler {
namespace {

constexpr unsigned kProfile = kSampleOptions | kSourceOptions | kOutputOptions;
constexpr unsigned kText = kProfile | kReportOptions | kDisplayOptions;

}  // namespace

const std::vector<Command>& AllCommands() {
  static const auto* const commands = new std::vector<Command>{
      {"run", "-- PROGRAM [ARGUMENTS]",
       "run a program with the profiler, without building it anew", "",
       "bench_profiler run --cpuprofile=cpu.prof -- ./bench\n", 0, nullptr},
      {"count", "-- PROGRAM [ARGUMENTS]",
       "count the instructions of benchmarks exactly, under valgrind", "",
       "bench_profiler count -- ./bench\n", 0, nullptr},
      {"top", "FILE...", "functions by what they cost themselves",
       "\nOf a folder FILE.d, a block for each benchmark: what an operation "
       "costs, and the\nfunctions at the top, with their cost in one "
       "operation.\n",
       "bench_profiler top cpu.prof\n"
       "bench_profiler top --cum --focus=Parse cpu.prof\n"
       "bench_profiler top --sample_index=alloc_objects mem.prof\n"
       "bench_profiler top --base=old.prof new.prof\n"
       "bench_profiler top cpu.prof.d\n"
       "bench_profiler top localhost:8080/debug/pprof/heap\n",
       kText, &ReportCommand},
      {"tree", "FILE...", "functions with their callers and callees", "",
       "bench_profiler tree cpu.prof\n"
       "bench_profiler tree --nodecount=20 --focus=Parse cpu.prof\n",
       kText, &ReportCommand},
      {"peek", "REGEX FILE...",
       "callers and callees of functions, however small", "",
       "bench_profiler peek 'ParseString$' cpu.prof\n", kText, &ReportCommand},
      {"list", "REGEX FILE...", "source lines of functions, and their costs",
       "\nReads the sources where they were built, or below --source_path.\n",
       "bench_profiler list ParseString cpu.prof\n"
       "bench_profiler list --source_path=$HOME/src ParseString cpu.prof\n",
       kText, &ReportCommand},
      {"traces", "FILE...", "each sample: labels, values and stack", "",
       "bench_profiler traces --tagfocus=benchmark=BM_Sort/8 cpu.prof\n", kText,
       &ReportCommand},
      {"raw", "FILE...", "all that is in a profile", "",
       "bench_profiler raw cpu.prof\n", kText, &ReportCommand},
      {"tags", "FILE...", "labels of samples, and what each costs", "",
       "bench_profiler tags cpu.prof\n", kText, &ReportCommand},
      {"comments", "FILE...", "comments in a profile", "",
       "bench_profiler comments cpu.prof\n", kText, &ReportCommand},
      {"flamegraph", "FILE...", "a flame graph: an SVG file, or a page (.html)",
       "",
       "bench_profiler flamegraph cpu.prof -o cpu.svg\n"
       "bench_profiler flamegraph http://localhost:8080 --seconds=30 -o "
       "torch.svg\n"
       "bench_profiler flamegraph cpu.prof -o cpu.html\n",
       kProfile | kTitleOptions, &FlamegraphCommand},
      {"svg", "FILE...", "the graph of calls, drawn by graphviz", "",
       "bench_profiler svg cpu.prof -o calls.svg\n", kProfile | kReportOptions,
       &SvgCommand},
      {"dot", "FILE...", "the graph of calls, as a text for graphviz", "",
       "bench_profiler dot cpu.prof | dot -Tpng > calls.png\n", kText,
       &ReportCommand},
      {"merge", "FILE...", "one profile of several", "",
       "bench_profiler merge -o all.prof cpu-*.prof\n"
       "bench_profiler merge --base=old.prof new.prof -o more.prof\n",
       kSourceOptions | kOutputOptions, &MergeCommand},
      {"convert", "FILE...", "another format, for other viewers",
       "\nThe format follows from the name after -o, or from an option.\n",
       "bench_profiler convert --folded cpu.prof > cpu.folded\n"
       "bench_profiler convert --speedscope cpu.prof -o "
       "cpu.speedscope.json\n"
       "bench_profiler convert --perfetto cpu.prof -o cpu.perfetto-trace\n",
       kProfile | kConvertOptions | kTitleOptions, &ConvertCommand},
      {"report", "FOLDER...", "an HTML page of all benchmarks", "",
       "bench_profiler report cpu.prof.d mem.prof.d -o report.html\n",
       kOutputOptions | kTitleOptions, &PageCommand},
      {"diff", "OLD... NEW...", "what changed, and which functions did it",
       "\nOLD and NEW are folders FILE.d, files, or folders of them: as many "
       "of "
       "each, or\nwith \"--\" between any number. A folder that compare left "
       "is "
       "both.\n",
       "bench_profiler diff old/cpu.prof.d new/cpu.prof.d\n"
       "bench_profiler diff old-*.d -- new-*.d\n"
       "bench_profiler diff --format=markdown --fail-above=5% base head\n"
       "bench_profiler diff --fail-above=allocs:0,instructions:1% base head\n",
       kDiffOptions | kOutputOptions | kDisplayOptions | kTitleOptions,
       &DiffCommand},
      {"compare", "OLD NEW [-- ARGUMENTS]",
       "run two programs in turns, and tell what changed",
       "\nRuns each 10 times with these arguments, profiled, and compares as "
       "`diff` does.\nWhat was run is kept in a folder, which `diff` reads "
       "again. Flags of `run` may stand\nbefore OLD, with names of files that "
       "have no folder: --blockprofile=block.prof.\nCtrl-C ends the runs, and "
       "what is there is compared; a second one ends all.\n\nThe exit status "
       "is that of `diff`; 1 also if a run failed, 2 if nothing could be\n"
       "compared.\n",
       "bench_profiler compare base/bench head/bench -- "
       "--benchmark_filter=Sort\n"
       "bench_profiler compare --runs=20 --fail-above=5% base/bench "
       "head/bench\n"
       "bench_profiler compare --until-decided --max-time=10m base/bench "
       "head/bench\n",
       kRunsOptions | kFolderOptions | kDiffOptions | kOutputOptions |
           kDisplayOptions | kTitleOptions | kFlagOptions,
       &CompareCommand},
      {"push", "URL FOLDER...", "send profiles to a store: Pyroscope",
       "\nSends each benchmark's profile, with labels: service, benchmark, "
       "commit, branch. The\nlast two are found where usual systems of CI tell "
       "them; --label says them, and others.\nPasswords are taken from the "
       "environment: BENCH_PROFILER_PUSH_TOKEN, by itself or with\n"
       "BENCH_PROFILER_PUSH_USER; and a tenant, BENCH_PROFILER_PUSH_TENANT.\n",
       "bench_profiler push http://pyroscope:4040 cpu.prof.d mem.prof.d\n"
       "bench_profiler push --label service=parser --label branch=main "
       "pyroscope:4040 cpu.prof.d\n",
       kPushOptions, &PushCommand},
      {"shell", "FILE...", "ask for several reports, one after another", "",
       "bench_profiler shell cpu.prof\n", kText, &ShellCommand},
      {"completion", "bash|zsh", "the script that completes command lines",
       "\nIt is installed with bench_profiler, where shells look for it.\n",
       "eval \"$(bench_profiler completion bash)\"\n", 0, &CompletionCommand},
  };
  return *commands;
}

const Command* FindCommand(std::string_view name) {
  for (const Command& command : AllCommands()) {
    if (name == command.name) return &command;
  }
  return nullptr;
}

Outcome NoSuchCommand(const std::string& name) {
  std::vector<std::string> names = {"help"};
  for (const Command& command : AllCommands()) names.push_back(command.name);
  // pprof's command line is "pprof -top FILE".
  const size_t start = name.find_first_not_of('-');
  const std::string bare = start == std::string::npos ? "" : name.substr(start);
  const std::string nearest =
      FindCommand(bare) != nullptr ? bare : NearestName(bare, names);
  return WrongUse("no such command: " + name +
                  (nearest.empty() ? "; bench_profiler --help lists them"
                                   : "; did you mean " + nearest + "?"));
}

}  // namespace bench_profiler
