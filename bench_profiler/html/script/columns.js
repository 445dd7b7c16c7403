/**
 * @fileoverview The columns of the suite's table: what they are called and how
 * their values are written. Those that no benchmark has are left out.
 */
import {changeColumns} from "./change_columns.js";
import {element} from "./dom.js";
import {hottest} from "./flat.js";
import {shareError} from "./confidence.js";
import {formatCount, formatError, formatShare, formatValue} from "./units.js";

const VALUES = [
  {key: "real", title: "Time", unit: "nanoseconds"},
  {key: "cpu", title: "CPU", unit: "nanoseconds"},
  {key: "allocs", title: "Allocs", unit: "count"},
  {key: "bytes", title: "Bytes", unit: "bytes"},
  {key: "contentions", title: "Contentions", unit: "count"},
  {key: "delay", title: "Waiting", unit: "nanoseconds"},
];

function valueCell(column, benchmark) {
  const value = benchmark.columns[column.key];
  if (value === undefined) return element("td", {class: "number"}, "");
  const spread = (benchmark.spread || {})[column.key];
  const isEstimate =
      benchmark.estimated && (column.key === "allocs" || column.key === "bytes");
  return element(
      "td", {class: "number",
             title: isEstimate ? "estimated from the heap profile's samples" : null},
      (isEstimate ? "≈ " : "") + formatValue(value, column.unit),
      spread === undefined ? null :
          element("small", {title: "at 95 %, over the repetitions"},
                  ` ${formatError(spread)}`));
}

/** The profile that tells how well a benchmark is known: the first that it has. */
function firstProfile(benchmark) {
  return (benchmark.profiles || []).find((profile) => profile) || null;
}

function samplesCell(benchmark) {
  const profile = firstProfile(benchmark);
  if (!profile || profile.samples === undefined) {
    return element("td", {class: "number"}, "");
  }
  const error = shareError(0.5, profile.samples);
  return element(
      "td", {class: "number"}, formatCount(profile.samples),
      element("small", {title: "a function with half of the samples, at 95 %"},
              ` ${formatError(error)}`));
}

function hottestCell(report, benchmark) {
  const profile = firstProfile(benchmark);
  const best = profile && hottest(profile);
  if (!best) return element("td", {class: "hottest"}, "");
  return element(
      "td", {class: "hottest", title: report.fullName(best.frame)},
      element("span", {class: "share"}, formatShare(best.share)),
      ` ${report.shortName(best.frame)}`);
}

/**
 * @typedef {{title: string, unit: string, value: ?function(!Object): *,
 *     cell: function(!Object): !Element, isNumber: boolean}} Column
 * @return {!Array<!Column>}
 */
export function suiteColumns(report) {
  if (report.comparison) return changeColumns(report);
  const {benchmarks} = report;
  const suffix = benchmarks.some((b) => report.perOperation(b)) ? "/op" : "";
  const columns = VALUES
      .filter(({key}) => benchmarks.some((b) => b.columns[key] !== undefined))
      .map((column) => ({
        title: column.title + suffix,
        unit: column.unit,
        isNumber: true,
        value: (benchmark) => benchmark.columns[column.key],
        cell: (benchmark) => valueCell(column, benchmark),
      }));
  if (benchmarks.some(firstProfile)) {
    columns.push({
      title: "Samples", unit: "", isNumber: true,
      value: (benchmark) => (firstProfile(benchmark) || {samples: 0}).samples,
      cell: samplesCell,
    }, {
      title: "Hottest function", unit: "", isNumber: false, value: null,
      cell: (benchmark) => hottestCell(report, benchmark),
    });
  }
  return columns;
}

/** Whether there are too few samples to believe what a benchmark's profiles say. */
export function hasFew(report, benchmark) {
  const profile = firstProfile(benchmark);
  return profile !== null && profile.samples < report.minSamples;
}
