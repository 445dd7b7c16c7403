/**
 * @fileoverview Chromium, and pages in it that are watched: nothing may be asked of
 * the network, and nothing may be said on the console.
 *
 *     const browser = await launch();
 *     const tab = await browser.open("/tmp/report.html", {dark: true});
 *     ... tab.page ...
 *     await tab.close();  // throws if there was something
 */
import assert from "node:assert/strict";
import {createRequire} from "node:module";
import path from "node:path";
import {pathToFileURL} from "node:url";

const require = createRequire(path.join(process.env.MODULES, "from.js"));
const {chromium} = require("playwright-core");
export const axePath = require.resolve("axe-core/axe.min.js");

export async function launch() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update",
           "--disable-sync"],
  });
  return {
    open: (file, options) => open(browser, file, options),
    close: () => browser.close(),
  };
}

/**
 * @param {string} target a file, or a URL
 * @param {{dark: boolean, width: number, height: number, script: boolean,
 *     hash: string, before: function(), prepare: function(Object),
 *     mayComplain: boolean, ready: string}} options script: false turns scripts off;
 *     before: runs in the page before its script; prepare: gets the empty tab
 */
async function open(browser, target, options = {}) {
  const {dark = false, width = 1400, height = 1000, script = true, hash = "", before, prepare,
         mayComplain = false, ready = script ? ".panel" : "#report"} = options;
  const context = await browser.newContext({
    viewport: {width, height}, colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: script,
  });
  const page = await context.newPage();
  const requests = [];
  const complaints = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => {
    // It is the tests that read pixels.
    if (!message.text().includes("willReadFrequently")) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  if (before) await page.addInitScript(before);
  if (prepare) await prepare(page);
  const url = target.startsWith("http:") ? target : pathToFileURL(target).href;
  await page.goto(url + hash);
  await page.waitForSelector(ready, {state: "attached"});
  return {
    page,
    close: async () => {
      await context.close();
      const others = requests.filter(
          (each) => each.split("#")[0] !== url && !each.startsWith("data:"));
      assert.deepEqual(others, [], "the page asked for something");
      if (!mayComplain) assert.deepEqual(complaints, [], "the console has messages");
    },
  };
}

/** What is drawn on a canvas: how much of it, and in how many colours. */
export function inkOf(canvas) {
  return canvas.evaluate((element) => {
    const {data} = element.getContext("2d").getImageData(
        0, 0, element.width, element.height);
    const colours = new Map();
    let ink = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] > 0) ++ink;
      const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
      colours.set(colour, (colours.get(colour) || 0) + 1);
    }
    const pixels = data.length / 4;
    const large = [...colours.values()].filter((count) => count > pixels / 1000);
    return {share: ink / pixels, colours: large.length,
            height: element.height, width: element.width};
  });
}
