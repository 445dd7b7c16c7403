/**
 * @fileoverview The table of the suite: a row for each benchmark, sorted by a click
 * on a column's name, searched by regular expression; arrow keys go from row to
 * row. Benchmarks of one family stand together below a row that tells how they grow.
 */
import {hasFew, suiteColumns} from "./columns.js";
import {element} from "./dom.js";
import {growthCell} from "./growth.js";
import {sortButton, showSorted} from "./sorting.js";
import {formatCount, formatValue} from "./units.js";

// As many rows at once as appear without a pause; the others follow.
const ROWS_AT_ONCE = 150;

export class SuiteTable {
  /** @param {function(number)} onChoose gets the index of a benchmark */
  constructor(report, onChoose) {
    this.report = report;
    this.onChoose = onChoose;
    this.columns = suiteColumns(report);
    this.sortedBy = -2;  // -2: as it ran; -1: the name; else the column
    this.isDescending = false;
    this.filter = null;
    this.chosen = -1;
    this.rows = new Map();  // by benchmark
    this.groups = this.group();
    this.element = this.build();
    this.arrange();
  }

  /** A group for each family, and for each benchmark that is in none. */
  group() {
    const groups = [];
    const familyOf = new Map();
    for (const family of this.report.families) {
      const group = {family, members: []};
      for (const index of family.benchmarks) familyOf.set(index, group);
    }
    this.report.benchmarks.forEach((benchmark, index) => {
      const group = familyOf.get(index) || {family: null, members: []};
      if (group.members.length === 0) groups.push(group);
      group.members.push(index);
    });
    return groups;
  }

  build() {
    this.headers = [element("th", {scope: "col"}, sortButton("Benchmark", () => this.sort(-1)))];
    this.columns.forEach((column, i) => {
      this.headers.push(element(
          "th", {scope: "col", class: column.isNumber ? "number" : ""},
          column.value ? sortButton(column.title, () => this.sort(i)) : column.title));
    });
    this.search = element("input", {
      type: "search", placeholder: "Benchmarks, as a regular expression",
      "aria-label": "Search benchmarks", input: () => this.applyFilter(),
    });
    this.count = element("span", {class: "count", role: "status"});
    this.body = element("tbody", {keydown: (event) => this.onKey(event)});
    return element(
        "section", {class: "suite", "aria-label": "Benchmarks"},
        element("div", {class: "bar"}, element("h2", {}, "Benchmarks"), this.search,
                this.count),
        element("div", {class: "scroll", tabindex: "0", role: "region",
                        "aria-label": "Table of benchmarks"},
                element("table", {id: "suite"},
                        element("thead", {}, element("tr", {}, this.headers)),
                        this.body)));
  }

  sort(column) {
    if (this.sortedBy === column) {
      this.isDescending = !this.isDescending;
    } else {
      this.sortedBy = column;
      this.isDescending = column >= 0;
    }
    this.arrange();
  }

  applyFilter() {
    const text = this.search.value;
    try {
      this.filter = text ? new RegExp(text, "i") : null;
      this.search.removeAttribute("aria-invalid");
    } catch (error) {
      this.search.setAttribute("aria-invalid", "true");
      return;
    }
    this.arrange();
  }

  /** What a group is sorted by: its first member in that order. */
  ordered() {
    const {benchmarks} = this.report;
    const sign = this.isDescending ? -1 : 1;
    const key = this.sortedBy === -1 ? (index) => benchmarks[index].name :
                                       (index) => this.columns[this.sortedBy].value(benchmarks[index]) ?? -Infinity;
    const compare = (a, b) => {
      const x = key(a);
      const y = key(b);
      return x === y ? a - b : (x < y ? -sign : sign);
    };
    const groups = this.groups
        .map(({family, members}) => ({
          family,
          members: members.filter(
              (i) => !this.filter || this.filter.test(benchmarks[i].name)),
        }))
        .filter(({members}) => members.length > 0);
    if (this.sortedBy === -2) return groups;
    for (const group of groups) group.members.sort(compare);
    return groups.sort((a, b) => compare(a.members[0], b.members[0]));
  }

  arrange() {
    showSorted(this.headers, this.sortedBy + 1, this.isDescending);
    const groups = this.ordered();
    this.order = groups.flatMap((group) => group.members);
    const rows = [];
    for (const group of groups) {
      if (group.family) rows.push(() => this.familyRow(group.family));
      for (const index of group.members) {
        rows.push(() => this.row(index, group.family !== null));
      }
    }
    this.count.textContent = this.filter ?
        `${formatCount(this.order.length)} of ${formatCount(this.report.benchmarks.length)}` :
        formatCount(this.order.length);
    this.body.replaceChildren(...rows.slice(0, ROWS_AT_ONCE).map((make) => make()));
    this.later = rows.slice(ROWS_AT_ONCE);
    if (this.later.length > 0) this.addLater(this.later);
  }

  /** Adds rows while nothing else is to do. */
  addLater(rows) {
    const wait = globalThis.requestIdleCallback || ((done) => setTimeout(done, 1));
    wait(() => {
      if (rows !== this.later || rows.length === 0) return;  // arranged anew meanwhile
      this.add(ROWS_AT_ONCE);
      this.addLater(rows);
    });
  }

  add(count) {
    this.body.append(...this.later.splice(0, count).map((make) => make()));
  }

  familyRow(family) {
    const members = family.benchmarks.map((i) => this.report.benchmarks[i]);
    return element(
        "tr", {class: "family"},
        element("th", {scope: "rowgroup"}, family.name),
        this.columns.map((column) => element(
            "td", {class: column.isNumber ? "number" : ""},
            column.isNumber && column.unit ?
                growthCell(family.arguments, members.map((b) => column.value(b)),
                           (value) => formatValue(value, column.unit)) :
                null)));
  }

  row(index, isMember) {
    let row = this.rows.get(index);
    if (row) return row;
    const {report} = this;
    const benchmark = report.benchmarks[index];
    const few = hasFew(report, benchmark);
    row = element(
        "tr", {
          class: [isMember ? "member" : "", few ? "few" : ""].join(" ").trim(),
          title: few ? "too few samples to rely on" : null,
          click: () => this.onChoose(index),
        },
        element("th", {scope: "row"},
                element("button", {type: "button", class: "name", tabindex: "-1"},
                        benchmark.name),
                benchmark.complete === false ?
                    element("small", {}, " did not end") : null),
        this.columns.map((column) => column.cell(benchmark)));
    this.rows.set(index, row);
    if (index === this.chosen) this.mark(row, true);
    return row;
  }

  mark(row, isChosen) {
    if (!row) return;
    const button = row.querySelector("button");
    row.classList.toggle("chosen", isChosen);
    button.tabIndex = isChosen ? 0 : -1;
    if (isChosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }

  choose(index) {
    this.mark(this.rows.get(this.chosen), false);
    this.chosen = index;
    this.mark(this.rows.get(index), true);
  }

  /** The benchmark so many rows further in the table. @return {number} */
  next(step) {
    const place = this.order.indexOf(this.chosen) + step;
    return this.order[Math.min(Math.max(place, 0), this.order.length - 1)] ??
        this.chosen;
  }

  onKey(event) {
    const steps = {ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity};
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = this.next(step);
    if (!this.rows.get(next)?.isConnected) this.add(Infinity);
    this.onChoose(next);
    this.rows.get(next)?.querySelector("button").focus();
  }
}
