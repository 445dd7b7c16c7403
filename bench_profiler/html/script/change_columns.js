/**
 * @fileoverview The columns of the suite's table in a page that compares two
 * programs: what each benchmark cost, what it costs, and whether that is a change.
 */
import {formatChange, fromTo, formatInterval, readChange, verdictMark} from "./change.js";
import {element} from "./dom.js";
import {lastName} from "./flame_graph.js";
import {formatValue} from "./units.js";

/** In what order the verdicts are sorted: slower, faster, undecided, unchanged. */
const RANKS = [0, 3, 2, 1];

/** The change of a measure, or null. */
function changeOf(benchmark, measure) {
  const row = (benchmark.changes || [])[measure];
  return row ? readChange(row) : null;
}

function numberColumn(title, value, show) {
  return {title, unit: "", isNumber: true, value,
          cell: (benchmark) => element("td", {class: "number"}, show(benchmark))};
}

/** Old, new and change of the measure that the verdicts are about. */
function mainColumns({label, unit}, measure) {
  const of = (benchmark) => changeOf(benchmark, measure);
  const amount = (key) => (benchmark) => {
    const value = of(benchmark)?.[key] ?? null;
    return value === null ? "" : formatValue(value, unit);
  };
  return [
    numberColumn(`Old ${label}`, (b) => of(b)?.old, amount("old")),
    numberColumn(`New ${label}`, (b) => of(b)?.now, amount("now")),
    numberColumn("Change", (b) => of(b)?.change, (b) => {
      const change = of(b);
      if (!change) return "";
      const interval = formatInterval(change);
      return [formatChange(change.change),
              interval ? element("small", {title: "at 95 %"}, ` ${interval}`) : ""];
    }),
  ];
}

/** Another measure in one column. */
function otherColumn({label, unit}, measure) {
  return numberColumn(
      label[0].toUpperCase() + label.slice(1),
      (benchmark) => changeOf(benchmark, measure)?.change,
      (benchmark) => {
        const change = changeOf(benchmark, measure);
        if (!change) return "";
        const by = change.change ?
            element("small", {}, ` ${formatChange(change.change)}`) : "";
        if (!change.isMarked) return [change.now === null ? "" : formatValue(change.now, unit), by];
        return element("span", {class: `verdict v${change.verdict}`},
                       fromTo(change.old, change.now, unit, ""), by);
      });
}

/** The function with the strongest evidence, of the first profile that has any. */
function functionCell(report, benchmark) {
  for (const profile of benchmark.profiles || []) {
    const row = profile?.functions?.find((each) => readChange(each.slice(1)).isMarked);
    if (!row) continue;
    return element(
        "td", {class: "hottest", title: report.fullName(row[0])},
        element("span", {class: "share"}, formatChange(readChange(row.slice(1)).change)),
        ` ${lastName(report.shortName(row[0]))}`);
  }
  return element("td", {class: "hottest"});
}

/** @return {!Array<!Column>} see columns.js */
export function changeColumns(report) {
  const {measures} = report.comparison;
  const has = measures.map((_, i) => report.benchmarks.some((b) => changeOf(b, i)));
  const main = has.indexOf(true);
  const columns = [{
    title: "Verdict", unit: "", isNumber: false, value: (b) => RANKS[b.verdict],
    cell: (b) => element("td", {}, verdictMark(
        b.verdict, report.isTime(measures[(b.changes || []).findIndex((c) => c)]?.name))),
  }];
  // Of programs without operations only functions are compared.
  if (main >= 0) {
    columns.push(...mainColumns(measures[main], main)
        .filter(({value}) => report.benchmarks.some((b) => (value(b) ?? null) !== null)));
  }
  columns.push({title: "Function", unit: "", isNumber: false, value: null,
                cell: (benchmark) => functionCell(report, benchmark)});
  measures.forEach((measure, i) => {
    if (has[i] && i !== main) columns.push(otherColumn(measure, i));
  });
  return columns;
}
