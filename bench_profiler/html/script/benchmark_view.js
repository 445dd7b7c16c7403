/**
 * @fileoverview What is shown of one benchmark: its figures, and its profiles side
 * by side.
 */
import {changeText, legend, readChange, verdictMark} from "./change.js";
import {element, press, toggle} from "./dom.js";
import {familyTable} from "./family.js";
import {Panel} from "./panel.js";
import {Search} from "./search.js";
import {formatCount, formatError, formatValue} from "./units.js";

const VIEWS = [["", "Flame graph"], ["callers", "Callers"], ["sandwich", "Sandwich"],
               ["lines", "Source lines"]];

export class BenchmarkView {
  /**
   * @param {!Report} report
   * @param {function(!Object, boolean)} onState changes of the page's state, and
   *     whether they are a step to come back from
   */
  constructor(report, onState) {
    this.report = report;
    this.onState = onState;
    this.panels = [];
    this.heading = element("div", {class: "title"});
    this.toolbar = this.makeToolbar();
    this.grid = element("div", {class: "panels"});
    this.below = element("div");
    this.legend = element("div");
    this.element = element("section", {class: "benchmark", "aria-label": "Profiles"},
                           this.heading, this.toolbar, this.legend, this.grid, this.below);
  }

  makeToolbar() {
    this.views = VIEWS.map(([view, title]) => toggle(
        title, {"data-view": view}, () => this.onState({v: view, z: ""}, true)));
    this.kinds = element("div", {class: "choice", role: "group", "aria-label": "Profiles"});
    this.harness = toggle(
        "Harness", {title: "Show the functions above the benchmark's own"},
        () => this.onState(
            {h: this.report.withHarness(this.state) ? "0" : "1", z: ""}, false));
    this.widths = [["", "Widths of new"], ["1", "Widths of old"]].map(
        ([old, title]) => toggle(
            title, {"data-old": old}, () => this.onState({o: old}, false)));
    this.old = element("div", {class: "choice", role: "group", "aria-label": "Widths"},
                       this.widths);
    this.search = element("input", {
      type: "search", placeholder: "Search functions ( / )",
      "aria-label": "Search functions, as a regular expression",
      input: () => this.onState({q: this.search.value}, false),
    });
    return element(
        "div", {class: "toolbar", role: "toolbar", "aria-label": "View"},
        element("div", {class: "choice", role: "group", "aria-label": "View"}, this.views),
        this.kinds, this.harness, this.old, this.search);
  }

  /** Shows a benchmark as the state says. */
  show(index, state) {
    this.state = state;
    const benchmark = this.report.benchmarks[index];
    const had = this.kindsOf(benchmark);
    const one = had.filter((i) => this.report.kinds[i].name === state.k);
    const shown = one.length > 0 ? one : had;
    this.setHeading(benchmark);
    this.setToolbar(benchmark, had, shown);
    for (const panel of this.panels) panel.close();
    const actions = {
      onPick: (frame) => this.onState(
          {v: "sandwich", f: this.report.fullName(frame), z: ""}, true),
      onZoom: (path) => this.onState({z: path.endsWith(":") ? "" : path}, false),
    };
    this.panels = shown.map(
        (i) => new Panel(this.report, benchmark, i, state, actions));
    this.grid.replaceChildren(...this.panels.map((panel) => panel.element));
    this.grid.classList.toggle("one", shown.length === 1);
    if (had.length === 0) {
      this.grid.append(element("p", {class: "note"}, "No profile."));
    }
    for (const panel of this.panels) panel.shown();
    this.below.replaceChildren(...familyTable(this.report, index, shown[0] ?? 0));
    if (this.search.value !== state.q) this.search.value = state.q;
    this.applySearch(state.q);
  }

  kindsOf(benchmark) {
    return (benchmark.profiles || []).map((profile, i) => profile ? i : -1)
        .filter((i) => i >= 0);
  }

  setHeading(benchmark) {
    const facts = this.report.comparison ? this.changes(benchmark) : this.facts(benchmark);
    this.heading.replaceChildren(
        this.report.isSuite ? element("h2", {}, benchmark.name) : "",
        element("p", {class: "facts"},
                facts.map((fact) => element("span", {}, fact))));
  }

  /** What a benchmark costs. */
  facts(benchmark) {
    const suffix = this.report.perOperation(benchmark);
    const facts = [];
    const add = (key, unit, name) => {
      const value = benchmark.columns?.[key];
      if (value === undefined) return;
      const spread = benchmark.spread?.[key];
      facts.push(`${formatValue(value, unit)} ${name}${suffix}` +
                 (spread === undefined ? "" : ` ${formatError(spread)}`));
    };
    add("real", "nanoseconds", "time");
    add("cpu", "nanoseconds", "CPU");
    add("allocs", "count", "allocations");
    add("bytes", "bytes", "allocated");
    add("contentions", "count", "contentions");
    add("delay", "nanoseconds", "waiting");
    if (suffix) facts.push(`${formatCount(benchmark.iterations)} iterations`);
    if (benchmark.repetitions > 1) facts.push(`${benchmark.repetitions} repetitions`);
    if (benchmark.threads > 1) facts.push(`${benchmark.threads} threads`);
    if (benchmark.complete === false) facts.push("did not end");
    return facts;
  }

  /** How a benchmark has changed that no profile tells, and what was noted. */
  changes(benchmark) {
    const {measures} = this.report.comparison;
    const facts = measures.map(({name, label, unit}, i) => {
      const row = (benchmark.changes || [])[i];
      const kind = this.report.kinds.findIndex((each) => each.name === name);
      if (!row || benchmark.profiles[kind]) return null;
      const change = readChange(row);
      return [`${label} ${changeText(change, unit, "")} `,
              verdictMark(change.verdict, this.report.isTime(name))];
    });
    return [...facts.filter((fact) => fact), ...benchmark.notes || []];
  }

  setToolbar(benchmark, had, shown) {
    for (const button of this.views) {
      press(button, button.dataset.view === this.state.v);
      // Lines of two programs are not the same lines.
      if (button.dataset.view === "lines") button.hidden = this.report.comparison !== null;
    }
    const isAll = shown.length === had.length;
    const kinds = had.map((i) => {
      const {name, title} = this.report.kinds[i];
      const button = toggle(title, {}, () => this.onState({k: name, z: ""}, true));
      press(button, !isAll && shown[0] === i);
      return button;
    });
    const all = toggle("All", {}, () => this.onState({k: "", z: ""}, true));
    press(all, isAll);
    this.kinds.replaceChildren(all, ...kinds);
    this.kinds.hidden = had.length < 2;
    const profiles = had.map((i) => benchmark.profiles[i]);
    this.harness.hidden = !profiles.some((profile) => profile.above?.length > 0);
    press(this.harness, this.report.withHarness(this.state));
    this.old.hidden = !this.report.comparison || had.length === 0;
    for (const button of this.widths) press(button, button.dataset.old === this.state.o);
    this.legend.replaceChildren(...this.old.hidden ? [] : [legend(
        this.report.comparison, this.report.isTime(this.report.kinds[shown[0]].name),
        this.state.o === "1")]);
  }

  /** Marks what a regular expression finds, in what is shown already. */
  applySearch(text) {
    const search = text ? new Search(this.report, text) : null;
    this.search.setAttribute("aria-invalid", String(Boolean(search && search.isPlain)));
    for (const panel of this.panels) panel.setSearch(search);
  }

  redraw() {
    for (const panel of this.panels) panel.redraw();
  }

  zoomOut() {
    return this.panels.some((panel) => panel.zoomOut());
  }
}
