/**
 * @fileoverview Pages that the product itself has written: without script, behind
 * the policy that Jenkins serves artifacts with, and as they are meant to be.
 *
 * MAKE_PAGES is the program that writes them; SAMPLE_BENCH, if it was built, a suite
 * whose report is looked at and photographed.
 */
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import {after, before, test} from "node:test";

import {inkOf, launch} from "./browser.js";
import {pixelsOf, smallPng} from "./small_png.js";

const {MAKE_PAGES, MODULES, SAMPLE_BENCH} = process.env;
const folder = path.join(MODULES, "pages");
const large = path.join(folder, "made_up_1000.html");
const report = path.join(folder, "report.html");
// What README.md shows: samples/report_picture copies it.
const picture = path.join(folder, "report.png");
const SUITE = ["--benchmark_filter=ParseJson|SortInts|FindBoth",
               "--benchmark_min_time=0.5"];

let browser;
before(async () => {
  fs.rmSync(folder, {recursive: true, force: true});
  fs.mkdirSync(folder);
  execFileSync(MAKE_PAGES, [folder]);
  if (SAMPLE_BENCH) {
    execFileSync(SAMPLE_BENCH, ["--cpuprofile=cpu.prof", "--benchmem",
                                "--memprofile=mem.prof", "--profile_report=report.html",
                                ...SUITE],
                 {cwd: folder, stdio: "ignore"});
  }
  browser = await launch();
});
after(() => browser?.close());

/** What can be read of the first table: its rows that are seen. */
async function readable(page) {
  const rows = await page.locator("#suite tbody tr").allInnerTexts();
  assert.ok(rows.length >= 100, `${rows.length} rows`);
  assert.ok(await page.locator("#suite").isVisible());
  assert.match(rows.join("\n"), /\d (ns|us|µs|ms)/);
  assert.match(rows.join("\n"), /%/);
}

test("a page without script reads", async () => {
  const tab = await browser.open(large, {script: false});
  await readable(tab.page);
  await tab.close();
});

test("a page in Jenkins' sandbox reads", async () => {
  const server = http.createServer((request, response) => {
    response.writeHead(200, {
      "Content-Type": "text/html",
      "Content-Security-Policy":
          "sandbox; default-src 'none'; img-src 'self'; style-src 'self';",
    });
    fs.createReadStream(large).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  try {
    const tab = await browser.open(`http://127.0.0.1:${server.address().port}/`,
                                   {ready: "#report", mayComplain: true});
    await readable(tab.page);
    assert.equal(await tab.page.locator(".panel").count(), 0);
    await tab.close();
  } finally {
    server.close();
  }
});

test("a page of 1,000 benchmarks is less than 1 MB and draws", async () => {
  assert.ok(fs.statSync(large).size < 1e6);
  const tab = await browser.open(large);
  assert.ok((await inkOf(tab.page.locator("canvas").first())).share > 0.1);
  await tab.close();
});

test("the report of a real suite", {skip: !SAMPLE_BENCH}, async () => {
  const tab = await browser.open(report, {hash: "#b=BM_ParseJson%2F2000", height: 1000});
  const {page} = tab;
  assert.equal(await page.locator("#suite tbody tr:not(.family)").count(), 6);
  assert.match(await page.locator("#suite").innerText(), /BM_SortInts[^/]*n[01]\.\d/);
  assert.match(await page.locator("#suite thead").innerText(), /Allocs\/op\s+Bytes\/op/);
  const cpu = page.locator(".panel").first();
  assert.match(await cpu.locator("tbody").innerText(), /Parse|malloc/);
  // The benchmark's own function is the root; the harness is above it.
  assert.match(await page.locator(".details-text").first().innerText(), /BM_ParseJson/);
  fs.writeFileSync(picture, smallPng(await pixelsOf(page, await page.screenshot())));
  assert.ok(fs.statSync(picture).size < 200000);
  await page.getByRole("button", {name: "Harness"}).click();
  assert.match(await page.locator(".details-text").first().innerText(), /^all/);
  await page.getByRole("button", {name: "Source lines"}).click();
  assert.match(await cpu.innerText(), /position_|json\.cc/);
  await tab.close();
});
