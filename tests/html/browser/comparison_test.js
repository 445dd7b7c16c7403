/**
 * @fileoverview The page that compares two programs: what is coloured, what it says
 * of it, and that names in it are texts.
 *
 * TOOL is the program bench_profiler; SAMPLE_BENCH, if it was built, a suite that it
 * compares with itself.
 */
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {after, before, test} from "node:test";

import {axePath, inkOf, launch} from "./browser.js";
import {differential, page} from "./pages.js";

const {SAMPLE_BENCH, TOOL} = process.env;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench_profiler_comparison."));
const file = path.join(folder, "comparison.html");
let browser;
before(async () => {
  fs.writeFileSync(file, page(differential()));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  fs.rmSync(folder, {recursive: true, force: true});
});

function tabTest(name, options, body) {
  test(name, async () => {
    const tab = await browser.open(file, options);
    try {
      await body(tab.page);
    } finally {
      await tab.close();
    }
  });
}

const graph = (page) => page.locator(".panel canvas").first();

/** Red, blue or grey: the colour at a part of a row of the first graph. */
const colourAt = (page, part, row) => graph(page).evaluate((canvas, [part, row]) => {
  const [red, , blue] = canvas.getContext("2d")
      .getImageData(Math.floor(canvas.width * part), 20 * row + 3, 1, 1).data;
  return red > blue + 40 ? "red" : blue > red + 40 ? "blue" : "grey";
}, [part, row]);

tabTest("colours only what the test says, in light and dark", {}, async (page) => {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({colorScheme});
    await page.getByRole("button", {name: "BM_Slower"}).click();
    // all, then Bench, then Dearer 6000, Same 3040, Cheaper 1300, Small 60
    assert.equal(await colourAt(page, 0.5, 0), "grey");
    assert.equal(await colourAt(page, 0.5, 1), "grey");
    assert.equal(await colourAt(page, 0.3, 2), "red");
    assert.equal(await colourAt(page, 0.7, 2), "grey");
    assert.equal(await colourAt(page, 0.92, 2), "blue");
    await page.getByRole("button", {name: "BM_Same"}).click();
    for (const part of [0.1, 0.4, 0.7, 0.95]) {
      assert.equal(await colourAt(page, part, 2), "grey");
    }
  }
});

tabTest("says from what to what, and shows what is gone", {}, async (page) => {
  const legend = page.locator(".legend");
  assert.match(await legend.textContent(),
               /Old: base → new: head.*slower in new.*faster in new.*chance.*wide as they are in new/);
  await graph(page).hover({position: {x: 60, y: 50}});
  const tip = page.locator(".tip");
  assert.match(await tip.textContent(), new RegExp(
      "Dearer\\(int\\)300 ns/op → 600 ns/op, \\+30\\.0 % of the benchmark" +
      "itself slower, \\+30\\.0 % of the benchmark \\(\\+28\\.0 % to \\+32\\.0 %\\): " +
      "300 ns/op → 600 ns/op"));
  await page.getByRole("button", {name: "Widths of old"}).click();
  assert.match(page.url(), /o=1/);
  assert.match(await legend.textContent(), /as wide as they were in old/);
  // Dearer 3000, Same 3000, Cheaper 2000, Gone 1950
  assert.equal(await colourAt(page, 0.9, 2), "blue");
  const box = await graph(page).boundingBox();
  await graph(page).hover({position: {x: box.width * 0.9, y: 50}});
  assert.match(await tip.textContent(), /^Gone\(int\)195 ns\/op → 0 ns\/op, only in old/);
  // The same by keyboard.
  await graph(page).focus();
  for (const key of ["Home", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"]) {
    await page.keyboard.press(key);
  }
  assert.match(await page.locator(".details-text").first().textContent(),
               /^Cheaper.*itself faster, -7\.0 %.*: 200 ns\/op → 130 ns\/op; moved into Dearer/);
});

tabTest("tables have old, new, change and verdict", {}, async (page) => {
  assert.deepEqual(await page.locator("#suite thead th").allInnerTexts(), [
    "Benchmark", "Verdict", "Old time/op", "New time/op", "Change", "Function", "Allocs/op"]);
  const cells = async (rows) => (await rows.allInnerTexts()).map((row) => row.split(/\s*\t/));
  const rows = await cells(page.locator("#suite tbody tr"));
  assert.deepEqual(rows[0], ["BM_Slower", "▲ slower", "1 µs", "1.04 µs",
                             "+4.0 % +3.0 % to +5.0 %", "+30.0 % Dearer", "12 → 13 +8.3 %"]);
  assert.deepEqual(rows[1].slice(0, 2), ["BM_Same", "unchanged"]);
  assert.deepEqual(rows[2].slice(0, 5), ["BM_Once", "undecided", "50 ns", "60 ns", "+20.0 %"]);
  const functions = await cells(page.locator(".panel").first().locator("tbody tr"));
  assert.deepEqual(functions.map((row) => row.slice(0, 3).join(" ").replace(/\n.*/, "")), [
    "Dearer ▲ slower +30.0 %", "Gone ▼ faster -18.0 %", "Cheaper ▼ faster",
    "Same unchanged -1.1 %", "Small not tested +0.1 %"]);
  assert.match(await page.locator(".panel").nth(1).locator("header").textContent(),
               /12\/op → 13\/op, \+8\.3 %▲ more/);
  assert.deepEqual(await page.locator(".warnings li").allTextContents(), ["base is a debug build"]);
  await page.getByRole("button", {name: "Change"}).first().click();
  assert.match(await page.locator("#suite tbody tr").first().textContent(), /BM_Once/);
});

tabTest("axe finds no fault", {dark: true}, async (page) => {
  await page.evaluate(fs.readFileSync(axePath, "utf8"));
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({colorScheme});
    const {violations} = await page.evaluate((only) => globalThis.axe.run(only),
        colorScheme === "dark" ? {} : {runOnly: ["color-contrast"]});
    assert.deepEqual(violations.filter(({impact}) => impact === "serious" || impact === "critical")
        .map(({id, nodes}) => `${id}: ${nodes[0].html}`), []);
  }
});

test("names are texts", async () => {
  const evil = "<img src=x onerror='window.ran = 1'></script><script>window.ran = 2</script>";
  const keys = ["Bench", "Dearer", "Cheaper", "benchmark", "title", "old", "new", "warning",
                "note", "remark"];
  const bad = path.join(folder, "bad.html");
  fs.writeFileSync(bad, page(differential(Object.fromEntries(keys.map((k) => [k, evil])))));
  const tab = await browser.open(bad, {width: 390, height: 800});
  assert.ok(await tab.page.evaluate(
      () => document.documentElement.scrollWidth <= innerWidth), "fits on a phone");
  await graph(tab.page).hover({position: {x: 60, y: 50}});
  assert.match(await tab.page.locator(".tip").textContent(), /<img/);
  assert.equal(await tab.page.evaluate(() => globalThis.ran), undefined);
  assert.equal(await tab.page.locator("img, main script").count(), 0);
  await tab.close();
});

test("the page of a real comparison", {skip: !SAMPLE_BENCH || !TOOL}, async () => {
  for (const side of ["old", "new"]) {
    for (const run of ["1", "2"]) {
      execFileSync(SAMPLE_BENCH, [
        `--outputdir=${side}/${run}`, "--cpuprofile=cpu.prof", "--benchmem",
        "--benchmark_filter=FindBoth", "--benchmark_min_time=0.1"],
                   {cwd: folder, stdio: "ignore"});
    }
  }
  const real = path.join(folder, "real.html");
  execFileSync(TOOL, ["diff", "--format=html", "-o", real, "old", "new"], {cwd: folder});
  const bare = await browser.open(real, {script: false});
  assert.match(await bare.page.locator("#report").innerText(),
               /old → new[^]*Old is old, new is new[^]*FindBoth\S*\t(un|sl|fa)\w+\t\S+ [num]s\t\S+ [num]s/);
  await bare.close();
  const tab = await browser.open(real);
  assert.ok((await inkOf(graph(tab.page))).share > 0.2);
  await graph(tab.page).hover({position: {x: 60, y: 10}});
  assert.match(await tab.page.locator(".tip").textContent(),
               /FindBoth.* [nµm]s\/op → .* [nµm]s\/op, [-+<]?\S+ % of the benchmark/);
  await tab.close();
});
