/**
 * @fileoverview Prints how long a report needs until it can be used, in the browser
 * that is installed: from the request to the last box drawn; and how much time of a
 * processor its thread took for that, which another program's load changes less.
 *
 *     tests/html/browser/run.sh build/dev/tests/html/browser benchmark.js
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import {launch} from "./browser.js";
import {manyBenchmarks, oneLargeTree, page} from "./pages.js";

const RUNS = 7;

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench_profiler_report."));
const browser = await launch();
console.log(`medians of ${RUNS}, in ms`);
for (const [name, data] of [["15 benchmarks", manyBenchmarks(15)],
                            ["1,000 benchmarks", manyBenchmarks(1000)],
                            ["one tree of 50,000 boxes", oneLargeTree(50000)]]) {
  const file = path.join(folder, "report.html");
  fs.writeFileSync(file, page(data));
  const took = {painted: [], read: [], drawn: [], ready: [], processor: []};
  for (let run = 0; run < RUNS; ++run) {
    let session;
    const tab = await browser.open(file, {prepare: async (page) => {
      session = await page.context().newCDPSession(page);
      await session.send("Performance.enable", {timeDomain: "threadTicks"});
    }});
    const {metrics} = await session.send("Performance.getMetrics");
    took.processor.push(
        1000 * metrics.find(({name: metric}) => metric === "TaskDuration").value);
    const times = await tab.page.evaluate(() => {
      const at = (mark) => performance.getEntriesByName(mark)[0].startTime;
      return {
        painted: at("first-paint"), read: at("report-read") - at("report-start"),
        drawn: at("report-drawn") - at("report-read"), ready: at("report-drawn"),
      };
    });
    for (const [key, value] of Object.entries(times)) took[key].push(value);
    await tab.close();
  }
  const size = (fs.statSync(file).size / 1024).toFixed(0);
  console.log(`${name}: ${size} kB; first paint ${median(took.painted).toFixed(0)}; ` +
      `data read in ${median(took.read).toFixed(0)}; drawn in ` +
      `${median(took.drawn).toFixed(0)}; ready at ${median(took.ready).toFixed(0)}; ` +
      `processor ${median(took.processor).toFixed(0)}`);
}
await browser.close();
fs.rmSync(folder, {recursive: true, force: true});
