/**
 * @fileoverview Pages that compare an old program with a new one: what changed, and
 * whether it is more than chance. Only functions whose change passed the test are
 * coloured: of forty that have not changed, two look as if they had.
 *
 *     const change = new Change(report, kind, profile, tree);
 *     change.colour(node);
 */
import {element} from "./dom.js";
import {changeColour, palette} from "./theme.js";
import {formatShare, formatValue} from "./units.js";

const MORE = 1;
const LESS = 2;
const UNDECIDED = 3;

/** A row of the data, as page_json.h has it. */
export function readChange([verdict, old, now, change, low, high, note]) {
  return {verdict, old, now, change, low, high, note: note || "",
          isMarked: verdict === MORE || verdict === LESS};
}

/** "+4.8 %", of exact counts "+0.02 %", or "" if it is not known. */
export function formatChange(change) {
  if (change === null || change === undefined) return "";
  const percent = Math.abs(change * 100);
  const text = percent > 0 && percent < 0.1 ?
      `${change < 0 ? "-" : ""}${Number(percent.toPrecision(1))} %` : formatShare(change);
  return (change > 0 ? "+" : "") + text;
}

/** "+3.9 % to +5.7 %", or "" if there is none, as of what is exact. */
export function formatInterval({low, high}) {
  const from = formatChange(low);
  const to = formatChange(high);
  return from === to ? "" : `${from} to ${to}`;
}

/** What a verdict is called: time is slower, allocations are more. */
export function verdictText(verdict, isTime) {
  return verdict === MORE ? isTime ? "slower" : "more" :
      verdict === LESS ? isTime ? "faster" : "less" :
      verdict === UNDECIDED ? "undecided" : "unchanged";
}

/** The same with a sign and a colour that tell it at a glance. */
export function verdictMark(verdict, isTime) {
  const sign = verdict === MORE ? "▲ " : verdict === LESS ? "▼ " : "";
  return element("span", {class: `verdict v${verdict}`},
                 sign + verdictText(verdict, isTime));
}

/** "12 ms/op → 13 ms/op", from old to new; "" if nothing is known. */
export function fromTo(old, now, unit, suffix) {
  const text = (value) => value === null ? "?" : formatValue(value, unit) + suffix;
  return old === null && now === null ? "" : `${text(old)} → ${text(now)}`;
}

/** A measure's change in one line. */
export function changeText(change, unit, suffix) {
  const interval = formatInterval(change);
  return fromTo(change.old, change.now, unit, suffix) +
      (change.change === null ? "" : `, ${formatChange(change.change)}`) +
      (interval && ` (${interval})`);
}

/** What the colours mean, and which of the two is which. */
export function legend({old, new: now}, isTime, byOldWidth) {
  const sample = (verdict, text) => element(
      "span", {class: "sample"},
      element("i", {style: `background: ${verdict === 0 ? palette().plain :
          changeColour(verdict === MORE ? 0.15 : -0.15)}`}), text);
  return element(
      "p", {class: "legend"},
      element("span", {}, "Old: ", element("b", {}, old), " → new: ", element("b", {}, now)),
      sample(MORE, `${verdictText(MORE, isTime)} in new`),
      sample(LESS, `${verdictText(LESS, isTime)} in new`),
      sample(0, "no change that is more than chance"),
      element("span", {}, byOldWidth ?
          "Boxes are as wide as they were in old; what is only in new is not seen." :
          "Boxes are as wide as they are in new; what is only in old is not seen."));
}

/** The change of one profile. */
export class Change {
  /** @param {!Object} profile with `old` and `functions` */
  constructor(report, kind, profile, suffix, tree) {
    this.report = report;
    this.unit = kind.unit;
    this.isTime = report.isTime(kind.name);
    this.suffix = suffix;
    this.divisor = profile.divisor || 1;
    this.tree = tree;
    /** @type {!Map<number, !Object>} by frame, in the order of their evidence */
    this.functions = new Map((profile.functions || []).map(
        ([frame, ...row]) => [frame, readChange(row)]));
  }

  colour(node) {
    const row = this.functions.get(node.frame);
    // Of nothing it may have become something: then there is no ratio.
    return row?.isMarked ?
        changeColour((row.verdict === MORE ? 1 : -1) * Math.abs(row.change ?? 1)) :
        palette().plain;
  }

  /** A part of what the benchmark was. */
  part(now, old) {
    return this.tree.oldValue > 0 ? (now - old) / this.tree.oldValue : null;
  }

  /** What is written at the end of a box; "" if nothing is sure. */
  note(node) {
    const row = this.functions.get(node.frame);
    return row?.isMarked ? formatChange(row.change) : "";
  }

  /** Of a box: with all that is below it. */
  boxText(node) {
    const text = fromTo(node.oldValue / this.divisor, node.value / this.divisor,
                        this.unit, this.suffix);
    if (node.oldValue === 0) return `${text}, only in new`;
    if (node.value === 0) return `${text}, only in old`;
    return `${text}, ${formatChange(this.part(node.value, node.oldValue))} of the benchmark`;
  }

  /** Of the function that a box is of: its own code, wherever it was called. */
  functionText({frame, own, oldOwn}) {
    const row = this.functions.get(frame);
    if (!row) return frame < 0 || (own === 0 && oldOwn === 0) ? "" : "itself: not tested";
    const interval = formatInterval(row);
    const values = fromTo(row.old, row.now, this.unit, this.suffix);
    return `itself ${verdictText(row.verdict, this.isTime)}, ` +
        `${formatChange(row.change)} of the benchmark` +
        (interval && ` (${interval})`) + (values && `: ${values}`) +
        (row.note && `; ${row.note}`);
  }

  /** Rows of flatOf: what is sure first, then what differs most. */
  sorted(rows) {
    const rank = new Map([...this.functions].filter(([, row]) => row.isMarked)
        .map(([frame], i) => [frame, i]));
    const place = (row) => rank.get(row.frame) ?? Infinity;
    const size = (row) => Math.abs(row.own - row.oldOwn);
    return rows.sort((a, b) => place(a) === place(b) ? size(b) - size(a) :
                                                       place(a) - place(b));
  }

  /** The columns of the table of functions, see function_table.js. */
  columns() {
    const of = (row) => {
      const tested = this.functions.get(row.frame) || {verdict: -1};
      return {
        ...tested,
        old: tested.old ?? row.oldOwn / this.divisor,
        now: tested.now ?? row.own / this.divisor,
        change: tested.change ?? this.part(row.own, row.oldOwn),
      };
    };
    const amount = (key) => (row) => formatValue(of(row)[key], this.unit);
    return [
      {title: "Verdict", class: "word", show: (row) => {
        const {verdict, note} = of(row);
        return verdict < 0 ? element("span", {class: "verdict"}, "not tested") :
            element("span", {}, verdictMark(verdict, this.isTime),
                    note ? element("small", {}, note) : null);
      }},
      {title: "Change", hint: "of the benchmark, by the function's own code",
       value: (row) => of(row).change, show: (row) => formatChange(of(row).change)},
      {title: "Interval", hint: "at 95 %", class: "error",
       show: (row) => formatInterval(of(row))},
      {title: `Old${this.suffix}`, value: (row) => of(row).old, show: amount("old")},
      {title: `New${this.suffix}`, value: (row) => of(row).now, show: amount("now")},
    ];
  }
}
