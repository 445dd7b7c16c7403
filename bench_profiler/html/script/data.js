/**
 * @fileoverview The data of the page: JSON, by gzip and base64 in an element, and
 * the names in it.
 *
 *     const report = new Report(await readData());
 *     report.shortName(7);  // "ParseDocument"
 */

/** False in browsers from before 2023. */
export function canReadData() {
  return typeof DecompressionStream === "function";
}

/** @return {!Promise<!Object>} what the page was written with */
export async function readData() {
  const text =
      document.getElementById("bench-profiler-data").textContent.trim();
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; ++i) bytes[i] = binary.charCodeAt(i);
  const stream =
      new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

/** The data, and what is looked up in it. */
export class Report {
  constructor(data) {
    this.data = data;
    this.title = data.title || "";
    this.kinds = data.kinds || [];
    this.benchmarks = data.benchmarks || [];
    this.families = data.families || [];
    this.minSamples = data.min_samples || 0;
    this.shortNames = [];  // those that were asked for
    this.isSuite = data.mode !== "single";
    this.comparison = data.comparison || null;  // of two programs
    /**
     * What stands for a benchmark in the address: its name. Of two programs in one
     * report both may have it: then "BM_Sort/8" and "BM_Sort/8 (2)".
     * @type {!Map<string, number>}
     */
    this.indices = new Map();
    this.keys = this.benchmarks.map(({name}, i) => {
      let key = name;
      for (let n = 2; this.indices.has(key); ++n) key = `${name} (${n})`;
      this.indices.set(key, i);
      return key;
    });
  }

  /** As short as it still tells; `fullName` is in tooltips. */
  shortName(frame) {
    let name = this.shortNames[frame];
    if (name === undefined) {
      name = (this.data.strings[this.data.frames[frame][0]] || this.fullName(frame))
          .replaceAll("(anonymous namespace)::", "");
      this.shortNames[frame] = name;
    }
    return name;
  }

  fullName(frame) {
    return this.data.strings[this.data.frames[frame][1]] || "(unknown)";
  }

  file(frame) {
    return this.data.strings[this.data.frames[frame][2]] || "";
  }

  /** "json.cc:42", or "" if it is not known. */
  place(frame) {
    const file = this.file(frame);
    const line = this.data.frames[frame][3];
    return file && line > 0 ? `${file}:${line}` : file;
  }

  /** Whether it is not the user's own code: libc, libstdc++, the framework. */
  isLibrary(frame) {
    return this.data.frames[frame][4] === 1;
  }

  /** "/op" for benchmarks; tests and single profiles have no operations. */
  perOperation(benchmark) {
    return this.isSuite && benchmark.label !== "test" && benchmark.iterations > 0 ?
        "/op" : "";
  }

  /** Whether the functions above the benchmark's own are to be shown. */
  withHarness(state) {
    return state.h ? state.h === "1" : !this.isSuite;
  }

  /** Whether more of a measure is slower. */
  isTime(measure) {
    return measure === "time";
  }

  /** The sources of a file around the lines that have samples. */
  sources(frame) {
    const all = this.data.sources || {};
    return all[this.data.frames[frame][2]] || {};
  }
}
