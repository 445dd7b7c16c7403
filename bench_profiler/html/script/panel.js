/**
 * @fileoverview One profile of one benchmark: a heading, the view that was chosen,
 * and the table of functions.
 */
import {callersOf, callersOfAll} from "./callers.js";
import {Change, changeText, readChange, verdictMark} from "./change.js";
import {shareError} from "./confidence.js";
import {Details} from "./details.js";
import {element} from "./dom.js";
import {FlameGraph} from "./flame_graph.js";
import {flatOf} from "./flat.js";
import {costColumns, functionTable} from "./function_table.js";
import {REST} from "./layout.js";
import {followPath, pathOf} from "./location.js";
import {sourceLines} from "./source_lines.js";
import {boxColour, foundColour, shadeOf} from "./theme.js";
import {ALL, mergedCallees, outermost, treeOf} from "./tree.js";
import {formatCount, formatError, formatShare, formatValue, formatWait} from "./units.js";

export class Panel {
  /**
   * @param {!Report} report
   * @param {!Object} benchmark
   * @param {number} kindIndex
   * @param {!Object} state of the page, see location.js
   * @param {{onPick: function(number), onZoom: function(string)}} actions
   */
  constructor(report, benchmark, kindIndex, state, actions) {
    this.report = report;
    this.kind = report.kinds[kindIndex];
    this.profile = benchmark.profiles[kindIndex];
    this.actions = actions;
    this.suffix = report.perOperation(benchmark);
    this.divisor = this.profile.divisor || 1;
    this.tree = treeOf(this.profile, report.withHarness(state));
    this.change = this.profile.old ?
        new Change(report, this.kind, this.profile, this.suffix, this.tree) : null;
    this.byOldWidth = this.change !== null && state.o === "1";
    this.graphs = [];
    this.search = null;
    this.content = element("div", {class: "content"});
    this.matched = element("span", {class: "matched", role: "status"});
    this.table = element("div");
    this.element = element(
        "section", {class: "panel", "aria-label": this.kind.title},
        this.change ? this.changeHeading(benchmark) : this.heading(),
        this.content, this.table);
    this.fill(benchmark, state);
  }

  /** The rows of the flat table, made once. */
  get flat() {
    if (!this.rows) {
      const rows = flatOf(this.tree);
      this.rows = this.change ? this.change.sorted(rows) : rows;
    }
    return this.rows;
  }

  /** A value per operation, and that it is. */
  format(value) {
    return this.formatBare(value) + this.suffix;
  }

  formatBare(value) {
    return formatValue(value / this.divisor, this.kind.unit);
  }

  heading() {
    const {samples, more_seconds: wait} = this.profile;
    const noun = this.kind.noun || "samples";
    const few = samples < this.report.minSamples;
    if (few) this.isFew = true;
    return element(
        "header", {},
        element("h3", {}, this.kind.title,
                this.kind.type && this.kind.type !== this.kind.name ?
                    element("small", {}, ` ${this.kind.type}`) : null),
        element("strong", {class: "whole"}, this.format(this.tree.value)),
        samples === undefined ? null : element(
            "span", {class: "samples", title: "At 95 %, of a function with half of them"},
            `${formatCount(samples)} ${noun}, ${formatError(shareError(0.5, samples))}`),
        few ? element("span", {class: "warning"},
                      wait > 0 ? `Too few samples: run ${formatWait(wait)} longer` :
                                 "Too few samples to rely on") : null,
        this.matched);
  }

  changeHeading(benchmark) {
    const {measures} = this.report.comparison;
    const row = (benchmark.changes || [])[
      measures.findIndex(({name}) => name === this.kind.name)];
    const change = row ? readChange(row) : null;
    return element(
        "header", {}, element("h3", {}, this.kind.title),
        change ? [element("strong", {class: "whole"},
                          changeText(change, this.kind.unit, this.suffix)),
                  verdictMark(change.verdict, this.report.isTime(this.kind.name))] : null,
        this.matched,
        this.profile.remark ? element("p", {class: "samples"}, this.profile.remark) : null);
  }

  fill(benchmark, state) {
    if (this.isFew) this.element.classList.add("few");
    const views = {callers: () => this.callers(), sandwich: () => this.sandwich(state.f),
                   lines: () => this.lines()};
    if (this.tree.value <= 0 && this.tree.oldValue <= 0) {
      this.content.append(element("p", {class: "note"}, "No samples."));
      return;
    }
    (views[state.v] || (() => this.flame(state.z)))();
  }

  /** A graph and where it tells of its boxes. */
  addGraph(label, whole, options = {}) {
    const details = options.details || new Details((node) => this.actions.onPick(node.frame));
    const show = (node, at) =>
        details.show(node, at, this.about(node || graph.zoomed, whole));
    const graph = new FlameGraph({
      label: `${this.kind.title}, ${label}`,
      colour: (node, isFound) => this.colour(node, isFound),
      title: (node) => this.title(node),
      note: (node) => this.change?.note(node) ||
          `${this.format(this.size(node))} · ${formatShare(this.size(node) / whole)}`,
      size: (node) => this.size(node),
      onShow: show,
      onZoom: options.onZoom || (() => {}),
      onPick: (node) => {
        if (node.frame >= 0) this.actions.onPick(node.frame);
      },
      upward: options.upward,
      withoutRoot: options.withoutRoot,
    });
    if (!options.details) this.content.append(details.element);
    this.content.append(graph.element);
    this.graphs.push(graph);
    return {graph, details};
  }

  size(node) {
    return this.byOldWidth ? node.oldValue : node.value;
  }

  title(node) {
    if (node.frame === ALL) return "all";
    if (node.frame === REST) return `${node.children.length} more`;
    return (node.inlined ? "» " : "") + this.report.shortName(node.frame);
  }

  colour(node, isFound) {
    if (isFound) return foundColour();
    if (this.change) return this.change.colour(node);
    if (node.frame === ALL) return boxColour(this.kind.name, true, 0.5);
    return boxColour(this.kind.name, this.report.isLibrary(node.frame),
                     shadeOf(this.report.shortName(node.frame)));
  }

  /** What the line and the tooltip tell of a box. */
  about(node, whole) {
    if (!node) return {name: "", values: "", place: ""};
    if (this.change) return this.aboutChange(node);
    const share = node.value / whole;
    const values = [this.format(node.value), formatShare(share)];
    if (share < 1 && this.profile.samples > 0) {
      values[1] += ` ${formatError(shareError(share, this.profile.samples))}`;
    }
    if (node.own > 0) values.push(`own ${this.format(node.own)}`);
    return {...this.named(node), values: values.join(" · ")};
  }

  aboutChange(node) {
    return {...this.named(node), values: this.change.boxText(node),
            change: this.change.functionText(node)};
  }

  named(node) {
    return node.frame < 0 ? {name: this.title(node), place: ""} : {
      name: this.report.fullName(node.frame) + (node.inlined ? " (inlined)" : ""),
      place: this.report.place(node.frame),
    };
  }

  flame(zoom) {
    const {graph} = this.addGraph("flame graph", this.size(this.tree), {
      onZoom: (node) => this.actions.onZoom(`${this.kind.name}:${pathOf(node)}`),
    });
    const [kind, path] = zoom.split(":");
    this.start(graph, this.tree, kind === this.kind.name ? path : "");
    this.searched = this.tree;
  }

  callers() {
    const root = callersOfAll(this.tree);
    const {graph} = this.addGraph("callers, own values first", this.size(this.tree), {
      onZoom: (node) => this.actions.onZoom(`${this.kind.name}:${pathOf(node)}`),
    });
    this.start(graph, root, "");
    this.searched = this.tree;
  }

  start(graph, root, path) {
    this.whenShown = () => {
      const zoomed = followPath(root, path);
      graph.show(root, zoomed);
      graph.options.onShow(null, null);
    };
  }

  sandwich(name) {
    const row = name ? this.flat.find((r) => this.report.fullName(r.frame) === name) :
                       this.flat[0];
    if (!row) {
      this.content.append(element("p", {class: "note"}, `${name} is not in this profile.`));
      return;
    }
    const nodes = outermost(this.tree, row.frame);
    const callees = mergedCallees(nodes);
    const callers = callersOf(this.tree, nodes);
    const upper = this.addGraph(
        "callers", this.size(this.tree), {upward: true, withoutRoot: true});
    this.content.append(element("p", {class: "pivot"}, "▲ callers · callees ▼"));
    const lower = this.addGraph("callees", this.size(this.tree), {details: upper.details});
    this.whenShown = () => {
      upper.graph.show(callers);
      lower.graph.show(callees);
      lower.graph.options.onShow(null, null);
    };
    this.searched = callees;
  }

  lines() {
    this.content.append(sourceLines(
        this.report, this.profile, this.tree.value, (value) => this.format(value)));
    this.searched = null;
  }

  /** Draws, now that the element is in the page and has a width. */
  shown() {
    if (this.whenShown) this.whenShown();
  }

  /** @param {?Search} search @return {string} how much it finds, or "" */
  setSearch(search) {
    this.search = search;
    for (const graph of this.graphs) {
      graph.mark(search ? (node) => search.matches(node.frame) : null);
    }
    this.matched.textContent = "";
    if (search && this.searched) {
      const value = search.valueIn(this.tree, (node) => this.size(node));
      this.matched.textContent =
          `matched ${formatShare(value / this.size(this.tree))} = ${this.format(value)}`;
    }
    // What has no code of its own that ran has not changed.
    const rows = this.change ?
        this.flat.filter((row) => row.own !== 0 || row.oldOwn !== 0) : this.flat;
    this.table.replaceChildren(functionTable(
        this.report, this.kind.title, this.columns(), this.change ? -1 : 1,
        rows, search, this.actions.onPick));
  }

  columns() {
    return this.change ? this.change.columns() : costColumns(
        {format: (value) => this.formatBare(value), suffix: this.suffix,
         samples: this.profile.samples}, this.tree.value);
  }

  redraw() {
    for (const graph of this.graphs) graph.draw();
  }

  /** One zoom back in any of its graphs. */
  zoomOut() {
    return this.graphs.some((graph) => graph.zoomOut());
  }

  close() {
    for (const graph of this.graphs) graph.close();
  }
}
