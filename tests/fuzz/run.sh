#!/usr/bin/env bash
# Builds a fuzz target with clang++ and runs it for some seconds on a corpus of
# real input: run.sh cfi|symbolizer|stack_labels|http_request|parsed_profile [seconds]
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$1
seconds=${2:-15}
if ! command -v clang++ >/dev/null; then
  echo "skipped: no clang++ here"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sanitizers=-fsanitize=fuzzer,address,undefined
if ! clang++ "$sanitizers" -x c++ -o "$work/probe" - 2>/dev/null <<< \
    'extern "C" int LLVMFuzzerTestOneInput(const char*, long) { return 0; }'; then
  echo "skipped: this clang++ has no $sanitizers (Debian: libclang-rt-dev)"
  exit 77
fi
mkdir "$work/corpus"
case $target in
  cfi)
    sources=(bench_profiler/stack/*.cc
      bench_profiler/platform/{readable_memory,thread_state}.cc)
    libraries=(-ldl)
    ;;
  symbolizer)
    # Without those that only make profiles of what it returns.
    mapfile -t sources < <(find bench_profiler/symbolize -name '*.cc' \
      ! -name 'resolve_*' ! -name '*_labels.cc')
    sources+=(bench_profiler/profile/{declaration,demangle,rust_name}.cc)
    libraries=(-ldw -lelf -lz)
    echo 'extern "C" int puts(const char*); int main() { return puts(""); }' >"$work/main.cc"
    clang++ -g "$work/main.cc" -o "$work/corpus/program"
    ;;
  stack_labels)
    sources=(integrations/preload/stack_labels.cc integrations/*/stack_label.cc)
    libraries=()
    for name in 'a::BM_Map<int>(benchmark::State&)' 'A_B_Test<int>::TestBody()' \
      'F_G_Benchmark::BenchmarkCase(benchmark::State&) const'; do
      echo -n "$name" >"$work/corpus/${#name}"
    done
    ;;
  http_request)
    sources=(bench_profiler/http/{address,request_parser}.cc)
    libraries=()
    printf 'GET http://a:1/x?y HTTP/1.0\n\n' >"$work/corpus/get"
    printf 'POST /symbol HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n0x1' \
      >"$work/corpus/post"
    printf 'GET / HTTP/1.1\r\nHost: localhost:80\r\nTransfer-Encoding: chunked\r\n\r\n' \
      >"$work/corpus/chunked"
    ;;
  parsed_profile)
    protoc --proto_path=proto --cpp_out="$work" proto/profile.proto
    # What protobuf generates is not what is tested.
    clang++ -std=c++17 -O1 -I"$work" -c "$work/profile.pb.cc" -o "$work/profile.o"
    sources=(bench_profiler/formats/{gunzip,gzip,pprof_stream,utf8}.cc
      bench_profiler/formats/parsed_{fields,foreign,pprof_reader,pprof_writer}.cc
      bench_profiler/formats/parsed_{flame_script,flame_svg,flame_tree,folded}.cc
      bench_profiler/profile/parsed_{frames,merge,scale}.cc)
    libraries=("$work/profile.o" -I"$work" -lprotobuf-lite -lz)
    protoc --proto_path=proto --encode=bench_profiler.proto.Profile proto/profile.proto \
      <tests/fuzz/profile.txtpb >"$work/corpus/ours"
    gzip -n <"$work/corpus/ours" >"$work/corpus/gzip"
    head -c 200 "$work/corpus/gzip" >"$work/corpus/truncated"
    printf 'heap profile: 1: 2 [3: 4] @ heapprofile\n' >"$work/corpus/text"
    # Go's, if it is here: those that fit into -max_len.
    if tests/support/go_profiles.sh "$work/go" >/dev/null 2>&1; then
      for kind in cpu block mutex goroutine threadcreate; do
        gzip -dc "$work/go/$kind.pb.gz" >"$work/corpus/go_$kind"
      done
    fi
    ;;
  *) exit 2 ;;
esac
if ! clang++ -std=c++17 -g -O1 "$sanitizers" \
  -fno-sanitize-recover=undefined -I. "tests/fuzz/${target}_fuzz.cc" \
  "${sources[@]}" "${libraries[@]}" -o "$work/fuzz" 2>"$work/log"; then
  cat "$work/log"
  exit 1
fi
cd "$work"
./fuzz -seed=1 -max_total_time="$seconds" -timeout=20 -max_len=65536 -rss_limit_mb=4096 \
  corpus 2>&1 | tail -n 5
