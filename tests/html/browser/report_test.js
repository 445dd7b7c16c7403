/**
 * @fileoverview The report as somebody uses it: with a mouse, with the keyboard, in
 * the dark, on a phone, on paper.
 */
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {after, before, test} from "node:test";

import {axePath, inkOf, launch} from "./browser.js";
import {hostileNames, manyBenchmarks, oneLargeTree, page} from "./pages.js";
import {coloursOf, pixelsOf, smallPng} from "./small_png.js";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench_profiler_report."));
let browser;

/** Writes a page. @return {string} its path */
function write(name, data) {
  const file = path.join(folder, `${name}.html`);
  fs.writeFileSync(file, page(data));
  return file;
}

let suite;
before(async () => {
  browser = await launch();
  suite = write("suite", manyBenchmarks(15));
});
after(async () => {
  await browser?.close();
  fs.rmSync(folder, {recursive: true, force: true});
});

/** A test in a tab of its own. */
function tabTest(name, file, options, body) {
  test(name, async () => {
    const tab = await browser.open(file(), options);
    try {
      await body(tab.page);
    } finally {
      await tab.close();
    }
  });
}

const graph = (page) => page.locator(".panel canvas").first();
const parts = (page) => page.evaluate(
    () => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
const details = (page) => page.locator(".details-text").first();

tabTest("shows the suite and both profiles", () => suite, {}, async (page) => {
  assert.equal(await page.locator("#suite tbody tr:not(.family)").count(), 15);
  assert.equal(await page.locator("#suite tr.family").count(), 3);
  assert.match(await page.locator("#suite tr.family").first().textContent(), /~ n1\.00/);
  assert.equal(await page.locator(".panel").count(), 2);
  const ink = await inkOf(graph(page));
  assert.ok(ink.share > 0.2 && ink.colours > 8, JSON.stringify(ink));
  assert.match(await page.locator(".panel").nth(1).textContent(), /Too few samples/);
});

tabTest("sorts the suite", () => suite, {}, async (page) => {
  await page.getByRole("button", {name: "Time/op"}).click();
  const header = page.locator("#suite th", {hasText: "Time/op"});
  assert.equal(await header.getAttribute("aria-sort"), "descending");
  const first = page.locator("#suite tbody tr:not(.family)").first();
  assert.match(await first.textContent(), /BM_Family\d\/32768/);
  await page.getByRole("button", {name: "Time/op"}).click();
  assert.equal(await header.getAttribute("aria-sort"), "ascending");
  assert.match(await first.textContent(), /BM_Family\d\/8/);
});

tabTest("searches the suite", () => suite, {}, async (page) => {
  await page.getByLabel("Search benchmarks").fill("family1/.*6");
  assert.equal(await page.locator("#suite tbody tr:not(.family)").count(), 3);
  await page.getByLabel("Search benchmarks").fill("(");
  assert.equal(
      await page.getByLabel("Search benchmarks").getAttribute("aria-invalid"), "true");
});

tabTest("zooms by a click, and back", () => suite, {}, async (page) => {
  const before = await inkOf(graph(page));
  await graph(page).click({position: {x: 20, y: 30}});
  assert.match((await parts(page)).z, /^cpu:\d+$/);
  const zoomed = await details(page).textContent();
  assert.match(zoomed, /Function\d+/);
  assert.notDeepEqual(await inkOf(graph(page)), before);
  await graph(page).press("Escape");
  assert.equal((await parts(page)).z, undefined);
  await page.mouse.move(0, 0);
  await graph(page).blur();
  assert.deepEqual(await inkOf(graph(page)), before);
});

tabTest("tells of the box at the pointer", () => suite, {}, async (page) => {
  await graph(page).hover({position: {x: 20, y: 30}});
  assert.match(await page.locator(".tip").textContent(), /Function\d+\(int\).*\/op/);
  assert.match(await details(page).textContent(), /Function.*\/op · \d.*±/);
});

tabTest("finds functions", () => suite, {}, async (page) => {
  const whole = await inkOf(graph(page));
  await page.keyboard.press("/");
  await page.keyboard.type("Function.*[13579]\\(");
  const matched = await page.locator(".matched").first().textContent();
  assert.match(matched, /^matched \d+\.\d % = [\d.]+ .s\/op$/);
  assert.notDeepEqual(await inkOf(graph(page)), whole);
  for (const name of await page.locator(".panel").first().locator("tbody th").allTextContents()) {
    assert.match(name, /[13579]$/);
  }
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".matched").first().textContent(), "");
});

tabTest("shows callers, a sandwich and lines", () => suite, {}, async (page) => {
  for (const view of ["Callers", "Sandwich"]) {
    await page.getByRole("button", {name: view, exact: true}).click();
    const ink = await inkOf(page.locator(".panel canvas").last());
    assert.ok(ink.share > 0.2, `${view}: ${JSON.stringify(ink)}`);
  }
  const name = page.locator(".panel").first().locator("tbody th button").nth(1);
  await name.click();
  assert.equal((await parts(page)).f, `${await name.textContent()}(int)`);
  assert.equal(await page.locator(".panel").first().locator("canvas").count(), 2);
  await page.getByRole("button", {name: "Source lines"}).click();
  assert.match(await page.locator(".panel").first().textContent(), /debug information/);
});

tabTest("can be used by keyboard alone", () => suite, {}, async (page) => {
  // From the top: what a run was, the search, the headers, the table, its row.
  let seen = [];
  for (let i = 0; i < 40; ++i) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => document.activeElement.tagName + "." +
        document.activeElement.className);
    seen.push(at);
    if (at === "BUTTON.name") break;
  }
  assert.equal(seen.at(-1), "BUTTON.name", seen.join(" "));
  await page.keyboard.press("ArrowDown");
  assert.equal((await parts(page)).b, "BM_Family0/64");
  await page.keyboard.press("End");
  assert.equal((await parts(page)).b, "BM_Family2/32768");
  assert.equal(
      await page.evaluate(() => document.activeElement.textContent), "BM_Family2/32768");
  for (let i = 0; i < 20; ++i) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.tagName) === "CANVAS") break;
  }
  const texts = [];
  for (const key of ["ArrowDown", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"]) {
    await page.keyboard.press(key);
    texts.push(await details(page).textContent());
  }
  assert.equal(texts[0], texts[2]);
  assert.equal(texts[0], texts[4]);
  assert.notEqual(texts[0], texts[1]);
  assert.notEqual(texts[0], texts[3]);
  await page.keyboard.press("Enter");
  assert.match((await parts(page)).z, /^cpu:/);
  await page.keyboard.press("Backspace");
  assert.equal((await parts(page)).z, undefined);
  await page.keyboard.press("s");
  assert.equal((await parts(page)).v, "sandwich");
});

test("a link leads to what was looked at", async () => {
  const tab = await browser.open(suite);
  await tab.page.getByRole("button", {name: "BM_Family1/64"}).click();
  await tab.page.getByRole("button", {name: "CPU", exact: true}).click();
  await graph(tab.page).click({position: {x: 20, y: 30}});
  await tab.page.getByLabel("Search functions").fill("1");
  const link = await tab.page.evaluate(() => location.hash);
  const seen = await details(tab.page).textContent();
  await tab.page.goBack();
  await tab.page.waitForFunction(() => document.querySelectorAll(".panel").length === 2);
  await tab.close();
  const other = await browser.open(suite, {hash: link});
  assert.equal(await other.page.locator(".benchmark h2").textContent(), "BM_Family1/64");
  assert.equal(await other.page.locator(".panel").count(), 1);
  assert.equal(await details(other.page).textContent(), seen);
  assert.match(await other.page.locator(".matched").textContent(), /matched/);
  await other.close();
});

tabTest("is dark where the system is, and changes with it", () => suite, {dark: true},
        async (page) => {
          // Waits until a pixel of the first box is as light as it should be.
          const becomes = (isLight) => page.waitForFunction((isLight) => {
            const canvas = document.querySelector(".panel canvas");
            const pixel = canvas.getContext("2d")
                .getImageData(canvas.width >> 1, 4, 1, 1).data.slice(0, 3);
            return isLight ? Math.min(...pixel) > 128 : Math.max(...pixel) < 128;
          }, isLight);
          const background = () =>
              page.evaluate(() => getComputedStyle(document.body).backgroundColor);
          await becomes(false);
          assert.match(await background(), /rgb\(2\d, 2\d, 2\d\)/);
          await page.emulateMedia({colorScheme: "light"});
          await becomes(true);
          await page.emulateMedia({colorScheme: "dark"});
          await becomes(false);
          await page.emulateMedia({colorScheme: "dark", media: "print"});
          await becomes(true);
          assert.equal(await page.locator(".toolbar").isVisible(), false);
        });

tabTest("fits on a phone", () => suite, {width: 390, height: 800}, async (page) => {
  const {inner, scroll} = await page.evaluate(() => (
    {inner: innerWidth, scroll: document.documentElement.scrollWidth}));
  assert.ok(scroll <= inner, `${scroll} > ${inner}`);
  assert.ok((await inkOf(graph(page))).share > 0.2);
});

test("tells two benchmarks of one name apart", async () => {
  const data = manyBenchmarks(2);
  data.benchmarks[1].name = data.benchmarks[0].name;
  const tab = await browser.open(write("twice", data));
  await tab.page.getByRole("button", {name: "BM_Family0/8"}).nth(1).click();
  assert.equal((await parts(tab.page)).b, "BM_Family0/8 (2)");
  assert.match(await tab.page.locator("#suite .chosen").textContent(), /198\.4 ns/);
  await tab.close();
});

test("runs nothing that a name has in it", async () => {
  const file = write("hostile", hostileNames());
  for (const view of ["", "callers", "sandwich", "lines"]) {
    const tab = await browser.open(file, {hash: `#v=${view}&q=script`});
    assert.equal(await tab.page.evaluate(() => globalThis.ran), undefined);
    assert.equal(await tab.page.locator("main img, main script").count(), 0);
    assert.match(await tab.page.locator("h1").textContent(), /^<script>/);
    await tab.close();
  }
});

// In the dark only colours differ.
for (const [name, options, rules] of [
  ["light", {}, undefined], ["sandwich", {hash: "#v=sandwich"}, undefined],
  ["dark", {dark: true}, ["color-contrast"]]]) {
  tabTest(`axe finds no fault: ${name}`, () => suite, options, async (page) => {
    await page.evaluate(fs.readFileSync(axePath, "utf8"));
    const {violations} = await page.evaluate(
        (only) => globalThis.axe.run(only ? {runOnly: only} : {}), rules);
    const found = violations
        .filter(({impact}) => impact === "serious" || impact === "critical")
        .map(({id, nodes}) => `${id}: ${nodes[0].html}\n${nodes[0].failureSummary}`);
    assert.deepEqual(found, []);
  });
}

test("keeps the static part where data cannot be unpacked", async () => {
  const tab = await browser.open(suite, {
    before: () => delete globalThis.DecompressionStream, ready: ".note",
  });
  assert.match(await tab.page.locator(".note").textContent(), /too old/);
  assert.equal(await tab.page.locator("h1").textContent(), "static part");
  await tab.close();
});

test("says so if its data are damaged", async () => {
  const file = path.join(folder, "damaged.html");
  fs.writeFileSync(file, page(manyBenchmarks(5)).replace(/(bench-profiler-data">.{80}).*/, "$1</script>"));
  const tab = await browser.open(file, {ready: ".note"});
  assert.match(await tab.page.locator(".note").textContent(), /cannot be read/);
  assert.equal(await tab.page.locator("h1").textContent(), "static part");
  await tab.close();
});

// Figures are benchmark.js's. This is what something quadratic would take.
const TOO_LONG = 20000;
for (const [name, data] of [["1,000 benchmarks", () => manyBenchmarks(1000)],
                            ["50,000 boxes", () => oneLargeTree(50000)]]) {
  test(`${name} can be used`, async () => {
    const tab = await browser.open(write("large", data()), {height: 2000});
    const took = await tab.page.evaluate(() => {
      const at = (mark) => performance.getEntriesByName(mark)[0].startTime;
      return at("report-drawn") - at("report-read");
    });
    assert.ok(took < TOO_LONG, `${took} ms`);
    const ink = await inkOf(graph(tab.page));
    assert.ok(ink.height < 8000 && ink.share > 0.05, JSON.stringify(ink));
    await tab.close();
  });
}

test("a picture of the page shows one", async () => {
  const tab = await browser.open(suite);
  const picture = await pixelsOf(tab.page, await tab.page.screenshot());
  assert.equal(picture.width, 1400);
  const counts = [...coloursOf(picture).values()].sort((a, b) => b - a);
  const background = counts[0] / (picture.width * picture.height);
  assert.ok(background > 0.3 && background < 0.95, String(background));
  assert.ok(counts.length > 100, String(counts.length));
  // The palette keeps what is there.
  const small = await pixelsOf(tab.page, smallPng(picture));
  assert.deepEqual([small.width, small.height], [picture.width, picture.height]);
  assert.equal(Math.max(...coloursOf(small).values()) >= counts[0], true);
  await tab.close();
});
