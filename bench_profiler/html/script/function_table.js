/**
 * @fileoverview The flat table of a profile: for each function what is its own and
 * what it is with all that it calls, per operation, and how sure that is. It says
 * in numbers what the flame graph shows, to those who cannot see that too.
 */
import {shareError} from "./confidence.js";
import {element} from "./dom.js";
import {showSorted, sortButton} from "./sorting.js";
import {formatError, formatShare} from "./units.js";

const ROWS_AT_FIRST = 10;

/**
 * What a profile's functions cost. Rows can be sorted by columns that have a value.
 *
 * @param {!Object} profile what it is of: `format` writes a value per operation,
 *     without saying `suffix`, "/op"; `samples`
 * @param {number} total what 100 % is
 */
export function costColumns({format, suffix, samples}, total) {
  const whole = total || 1;
  const amount = (title, key) => [
    {title: title + suffix, value: (row) => row[key], show: (row) => format(row[key])},
    {title: "%", class: "share", show: (row) => formatShare(row[key] / whole)},
  ];
  return [
    ...amount("Own", "own"),
    {title: "±", hint: "at 95 %", class: "error", show: (row) =>
      row.own > 0 && samples > 0 ? formatError(shareError(row.own / whole, samples)) : ""},
    ...amount("Total", "total"),
  ];
}

/**
 * @param {!Array<{title: string, value: ?function(!Object): number,
 *     show: function(!Object): (string|Node)}>} columns beside the name
 * @param {number} sortedBy 1 is the first of them, -1 as `rows` are
 * @param {!Array<!Object>} rows what flatOf has found
 * @param {?Search} search only these functions
 * @param {function(number)} onPick gets the frame of a function
 * @return {!HTMLElement}
 */
export function functionTable(report, title, columns, sortedBy, rows, search, onPick) {
  const all = rows.filter((row) => !search || search.matches(row.frame));
  let isDescending = true;
  let limit = ROWS_AT_FIRST;

  const line = (row) => element(
      "tr", {},
      element("th", {scope: "row", title: report.fullName(row.frame)},
              element("button", {type: "button", class: "name",
                                 click: () => onPick(row.frame)},
                      report.shortName(row.frame))),
      columns.map((column) => element(
          "td", {class: `number ${column.class || ""}`}, column.show(row))));

  const headers = [{title: "Function", value: true}, ...columns].map((column, i) => element(
      "th", {scope: "col", class: i === 0 ? "" : `number ${column.class || ""}`,
             title: column.hint},
      !column.value ? column.title : sortButton(column.title, () => {
        isDescending = i === sortedBy ? !isDescending : i !== 0;
        sortedBy = i;
        draw();
      })));
  const body = element("tbody");
  const more = element("button", {type: "button", class: "more", click: () => {
    limit = limit === Infinity ? ROWS_AT_FIRST : Infinity;
    draw();
  }});

  function draw() {
    const sign = isDescending ? -1 : 1;
    const key = sortedBy === 0 ? (row) => report.shortName(row.frame) :
                                 columns[sortedBy - 1]?.value;
    if (key) all.sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
    showSorted(headers, sortedBy, isDescending);
    body.replaceChildren(...all.slice(0, limit).map(line));
    more.hidden = all.length <= ROWS_AT_FIRST;
    more.textContent = limit === Infinity ? `Only the first ${ROWS_AT_FIRST}` :
                                            `All ${all.length} functions`;
  }
  draw();
  return element(
      "div", {class: "functions"},
      element("table", {},
              element("caption", {class: "unseen"}, `Functions, ${title}`),
              element("thead", {}, element("tr", {}, headers)), body),
      more);
}
