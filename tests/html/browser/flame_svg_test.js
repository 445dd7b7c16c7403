/**
 * @fileoverview The flame graph that is a picture of its own, out/flame.svg of
 * MAKE_PAGES: zoom, search and what the pointer shows. 1000 ns: main has Load (750,
 * of which Parse, inlined, has 500 and Sort 250), Sort (150) and a name that is
 * markup (100).
 */
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {after, before, test} from "node:test";

import {launch} from "./browser.js";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench_profiler_flame."));
let browser;
before(async () => {
  execFileSync(process.env.MAKE_PAGES, [folder]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  fs.rmSync(folder, {recursive: true, force: true});
});

/** A test with the picture open. */
function svgTest(name, body) {
  test(name, async () => {
    const tab = await browser.open(path.join(folder, "flame.svg"), {ready: "#frames"});
    try {
      await body(tab.page);
    } finally {
      await tab.close();
    }
  });
}

/** The boxes that are seen, as {"» Parse": [left, width]} of 1000. */
const boxes = (page) => page.evaluate(() => {
  const seen = [...document.querySelectorAll("#frames > g")].filter(
      (group) => group.style.display !== "none");
  return Object.fromEntries(seen.map((group) => {
    const rect = group.querySelector("rect");
    const part = (name, start) => Math.round(
        (rect.getAttribute(name) - start) / 1180 * 1000);
    return [`${group.getAttribute("data-d")} ${group.getAttribute("data-n")}`,
            [part("x", 10), part("width", 0)]];
  }));
});
const box = (page, name, depth) =>
  page.locator(`#frames > g[data-n="${name}"][data-d="${depth}"]`);
const text = (page, id) => page.locator(id).evaluate((each) => each.textContent);
const all = {
  "0 all": [0, 1000], "1 main": [0, 1000],
  "2 <script>alert(1)</script>": [0, 100], "2 Load": [100, 750], "2 Sort": [850, 150],
  "3 » Parse": [100, 500], "3 Sort": [600, 250],
};

svgTest("zooms by a click, and back", async (page) => {
  assert.deepEqual(await boxes(page), all);
  await box(page, "Load", 2).click();
  assert.deepEqual(await boxes(page), {
    "0 all": [0, 1000], "1 main": [0, 1000], "2 Load": [0, 1000],
    "3 » Parse": [0, 667], "3 Sort": [667, 333],
  });
  await page.locator("#unzoom").click();
  assert.deepEqual(await boxes(page), all);
  await box(page, "» Parse", 3).click();
  assert.deepEqual((await boxes(page))["3 » Parse"], [0, 1000]);
  await page.keyboard.press("Escape");
  assert.deepEqual(await boxes(page), all);
});

svgTest("searches by a regular expression, and tells the share", async (page) => {
  let answer = "^Sort$";
  page.on("dialog", (dialog) => dialog.accept(answer));
  await page.keyboard.press("Control+f");
  assert.equal(await text(page, "#matched"), "Matched: 40.0%");
  await box(page, "Load", 2).click();
  assert.equal(await text(page, "#matched"), "Matched: 33.3%");
  await page.locator("#search").click();  // ends it
  assert.equal(await text(page, "#matched"), "");
  await page.locator("#unzoom").click();
  answer = "^Parse|Load";  // the one is part of the other
  await page.locator("#search").click();
  assert.equal(await text(page, "#matched"), "Matched: 75.0%");
});

svgTest("shows what the pointer is on", async (page) => {
  await box(page, "» Parse", 3).hover();
  assert.equal(await text(page, "#details"), "» Parse (500 nanoseconds, 50.00%)");
});
