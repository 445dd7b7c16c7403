/**
 * @fileoverview Where the script begins: it reads the data after the first paint,
 * and puts a page that can be used in place of the static one.
 */
import {BenchmarkView} from "./benchmark_view.js";
import {Report, canReadData, readData} from "./data.js";
import {element} from "./dom.js";
import {readLocation, writeLocation} from "./location.js";
import {SuiteTable} from "./suite.js";
import {onThemeChange} from "./theme.js";

class Page {
  constructor(report, place) {
    this.report = report;
    this.state = readLocation();
    this.view = new BenchmarkView(report, (change, isStep) => this.change(change, isStep));
    this.suite = report.isSuite ?
        new SuiteTable(report, (index) => this.choose(index)) : null;
    place.replaceChildren(...this.head(), ...(this.suite ? [this.suite.element] : []),
                          this.view.element);
    addEventListener("hashchange", () => this.follow());
    addEventListener("popstate", () => this.follow());
    document.addEventListener("keydown", (event) => this.onKey(event));
    onThemeChange(() => this.show());
    this.show();
  }

  head() {
    const {data, title} = this.report;
    const rows = (data.context || []).map(([name, value]) => element(
        "tr", {}, element("th", {scope: "row"}, name), element("td", {}, String(value))));
    const when = data.generated ?
        new Date(data.generated * 1000).toISOString().slice(0, 16).replace("T", " ") + " UTC" : "";
    return [element(
        "header", {class: "page"},
        element("h1", {}, title), element("span", {class: "when"}, when),
        rows.length === 0 ? null :
            element("details", {class: "context"}, element("summary", {}, "About this run"),
                    element("table", {}, element("tbody", {}, rows)))),
            this.warnings()];
  }

  /** What is to be known before a comparison is believed. */
  warnings() {
    const lines = this.report.comparison?.warnings || [];
    return lines.length === 0 ? "" :
        element("ul", {class: "warnings", "aria-label": "Warnings"},
                lines.map((line) => element("li", {}, line)));
  }

  get index() {
    return this.report.indices.get(this.state.b) ?? 0;
  }

  show() {
    if (this.report.benchmarks.length === 0) return;
    if (this.suite) this.suite.choose(this.index);
    this.view.show(this.index, this.state);
  }

  choose(index) {
    if (index !== this.index) this.change({b: this.report.keys[index], z: ""}, true);
  }

  /** A change that came from the page. A zoom and a search are drawn already. */
  change(change, isStep) {
    Object.assign(this.state, change);
    writeLocation(this.state, isStep);
    const names = Object.keys(change);
    if (names.length === 1 && names[0] === "z") return;
    if (names.length === 1 && names[0] === "q") {
      this.view.applySearch(this.state.q);
      return;
    }
    this.show();
  }

  /** A change that came from the address. */
  follow() {
    const state = readLocation();
    if (JSON.stringify(state) === JSON.stringify(this.state)) return;
    this.state = state;
    this.show();
  }

  onKey(event) {
    const isText = event.target instanceof HTMLInputElement;
    if (event.key === "/" && !isText) {
      event.preventDefault();
      this.view.search.focus();
      this.view.search.select();
    } else if (event.key === "Escape" && event.target === this.view.search) {
      this.view.search.value = "";
      this.change({q: ""}, false);
      this.view.search.blur();
    } else if ((event.key === "Escape" || event.key === "Backspace") && !isText) {
      if (this.view.zoomOut()) event.preventDefault();
    }
  }
}

async function start() {
  const place = document.getElementById("report");
  const say = (text) => place.prepend(element("p", {class: "note", role: "note"}, text));
  if (!canReadData()) {
    say("This browser is too old to draw flame graphs: it has no DecompressionStream.");
    return;
  }
  performance.mark("report-start");
  let report;
  try {
    report = new Report(await readData());
  } catch (error) {
    say(`The data of this page cannot be read: ${error.message}`);
    return;
  }
  performance.mark("report-read");
  new Page(report, place);
  performance.mark("report-drawn");
}

// Two frames: what is there already is to be seen first.
requestAnimationFrame(() => setTimeout(start, 0));
