/**
 * @fileoverview Makes reports of invented data around the assets that every report
 * has: large ones, and such as no program would give.
 *
 *     fs.writeFileSync("report.html", page(manyBenchmarks(1000)));
 */
import crypto from "node:crypto";
import fs from "node:fs";
import zlib from "node:zlib";

const ASSETS = new URL("../../../bench_profiler/html/assets/", import.meta.url);

/** The same numbers in each run: a linear congruence. */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** As bench_profiler/html/page.cc puts a page together, without static rows. */
export function page(data) {
  const script = fs.readFileSync(new URL("report.js", ASSETS), "utf8");
  const style = fs.readFileSync(new URL("report.css", ASSETS), "utf8");
  const hash = crypto.createHash("sha256").update(script).digest("base64");
  const packed = zlib.gzipSync(JSON.stringify(data)).toString("base64");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>report</title><style>${style}</style></head><body>
<main id="report"><h1>static part</h1></main>
<script type="application/octet-stream" id="bench-profiler-data">${packed}</script>
<script>${script}</script></body></html>`;
}

const CPU = {name: "cpu", title: "CPU", type: "cpu", unit: "nanoseconds", noun: "samples"};
const HEAP = {name: "heap", title: "Heap", type: "alloc_space", unit: "bytes", noun: "samples"};

function report(kinds, names, benchmarks, more = {}) {
  const strings = ["", "work.cc", ...names.flatMap((name) => [name, `${name}(int)`])];
  return {
    format: 1, title: "bench", mode: "suite", generated: 1764270000,
    context: [["command", "./bench"], ["processors", "2"]], min_samples: 100,
    kinds, strings,
    frames: names.map((_, i) => [2 + 2 * i, 3 + 2 * i, 1, 10 + i, i % 3 === 0 ? 0 : 1]),
    families: [], benchmarks, sources: {}, ...more,
  };
}

/** A tree of so many boxes, in preorder: any number below any other. */
export function bigTree(boxes, frames, samples, seed = 1) {
  const next = random(seed);
  const profile = {samples, divisor: 100, total: 0, above: [], depth: [], frame: [],
                   self: [], lines: []};
  for (let i = 0, depth = 0; i < boxes; ++i) {
    profile.depth.push(depth);
    profile.frame.push(2 * Math.floor(next() * frames) + (next() < 0.4 ? 1 : 0));
    const self = next() < 0.6 ? Math.ceil(next() ** 4 * 1e6) : 0;
    profile.self.push(self);
    profile.total += self;
    depth = Math.max(0, Math.min(depth + 1, 40) - Math.floor(next() ** 2 * 5));
  }
  return profile;
}

function benchmark(name, profiles, columns = {real: 1000, cpu: 990}) {
  return {name, label: "benchmark", iterations: 100, repetitions: 3, threads: 1,
          complete: true, columns, spread: {real: 0.021}, profiles};
}

const names = (count) => Array.from({length: count}, (_, i) => `space::Function${i}`);

/** A suite of so many benchmarks with CPU and heap profiles, in families of five. */
export function manyBenchmarks(count) {
  const benchmarks = [];
  const families = [];
  for (let i = 0; i < count; ++i) {
    const family = Math.floor(i / 5);
    const argument = 8 ** (1 + i % 5);
    if (i % 5 === 0) {
      families.push({name: `BM_Family${family}`, benchmarks: [], arguments: []});
    }
    families.at(-1).benchmarks.push(i);
    families.at(-1).arguments.push(argument);
    benchmarks.push(benchmark(
        `BM_Family${family}/${argument}`,
        [bigTree(80, 5000, 200, i + 1), bigTree(34, 5000, 40, i + 7)],
        {real: argument * 3.1, cpu: argument * 3, allocs: argument / 8, bytes: argument * 4}));
  }
  return report([CPU, HEAP], names(5000), benchmarks, {families});
}

/** One benchmark with a tree of so many boxes. */
export function oneLargeTree(boxes) {
  return report([CPU], names(3000), [benchmark("BM_Large", [bigTree(boxes, 3000, 90000)])]);
}

/** Names that are markup and script, and one that ends the element it is in. */
export function hostileNames() {
  const evil = ["<script>window.ran = 1</script>", "</script><script>window.ran = 2</script>",
                '"><img src=x onerror="window.ran = 3">', "a&lt;b", "$& ${window.ran = 4}",
                "\u202Eright to left", "__proto__", "constructor"];
  const profile = {
    samples: 400, divisor: 100, total: 800, above: [], depth: evil.map((_, i) => i),
    frame: evil.map((_, i) => 2 * i), self: evil.map(() => 100),
    lines: evil.map((_, i) => [i, 10, 100 - i]),
  };
  const made = report([CPU], evil, evil.map((name) => benchmark(name, [profile])));
  made.title = evil[0];
  made.context = [[evil[1], evil[2]]];
  made.strings[1] = evil[1];
  made.sources = {1: {8: evil}};
  return made;
}

/**
 * Two programs, compared: of BM_Slower one function is slower, one faster, one gone,
 * and two are only different; BM_Same has not changed, and nobody knows of BM_Once.
 * @param {!Object<string, string>} names other names for what is in it
 */
export function differential(names = {}) {
  const time = {name: "time", title: "CPU", type: "samples", unit: "nanoseconds"};
  const allocs = {name: "allocs", title: "Allocations", type: "alloc_objects", unit: "count"};
  const functions = ["Bench", "Dearer", "Same", "Cheaper", "Gone", "Small"]
      .map((name) => names[name] || name);
  const cpu = {
    divisor: 10, total: 10400, above: [], lines: [], remark: names.remark || "",
    depth: [0, 1, 1, 1, 1, 2, 1], frame: [0, 2, 4, 6, 8, 4, 10],
    self: [0, 6000, 3040, 1300, 0, 0, 60], old: [0, 3000, 3000, 2000, 1800, 150, 50],
    functions: [[1, 1, 300, 600, 0.3, 0.28, 0.32], [4, 2, 180, 0, -0.18, -0.2, -0.16],
                [3, 2, 200, 130, -0.07, -0.09, -0.05, names.note || "moved into Dearer"],
                [2, 0, 315, 304, -0.011, -0.04, 0.018]],
  };
  const heap = {divisor: 10, total: 130, above: [], lines: [], remark: "", depth: [0, 1],
                frame: [0, 2], self: [0, 130], old: [0, 120],
                functions: [[1, 1, 12, 13, 1 / 12, null, null]]};
  const same = {...cpu, functions: [], self: cpu.old, total: 10000};
  const made = (name, verdict, profiles, changes, notes = []) => (
    {...benchmark(name, profiles, {}), spread: {}, verdict, changes, notes});
  return report([time, allocs], functions, [
    made(names.benchmark || "BM_Slower", 1, [cpu, heap],
         [[1, 1000, 1040, 0.04, 0.03, 0.05], [1, 12, 13, 1 / 12, null, null]],
         [names.note || "failed in 2 of 10 processes of new"]),
    made("BM_Same", 0, [same, null], [[0, 1000, 1003, 0.003, -0.006, 0.012], null]),
    made("BM_Once", 3, [null, null], [[3, 50, 60, 0.2, null, null], null]),
  ], {
    title: names.title || "base → head",
    comparison: {
      old: names.old || "base", new: names.new || "head",
      measures: [{name: "time", label: "time/op", unit: "nanoseconds"},
                 {name: "allocs", label: "allocs/op", unit: "count"}],
      warnings: names.warning ? [names.warning] : ["base is a debug build"],
    },
  });
}
