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

// Rows can be sorted by those that have a value, and by name.
const COLUMNS = [
  {title: "Function", isName: true},
  {title: "Own", value: (row) => row.own},
  {title: "%"},
  {title: "±", hint: "at 95 %"},
  {title: "Total", value: (row) => row.total},
  {title: "%"},
];

/**
 * @param {!Object} profile what it is of: `format` writes a value per operation,
 *     without saying `suffix`, "/op"; `samples`, `title`
 * @param {!Array<!Object>} rows what flatOf has found
 * @param {number} total what 100 % is
 * @param {?Search} search only these functions
 * @param {function(number)} onPick gets the frame of a function
 * @return {!HTMLElement}
 */
export function functionTable(
    report, {title, format, suffix, samples}, rows, total, search, onPick) {
  const all = rows.filter((row) => !search || search.matches(row.frame));
  const whole = total || 1;
  let sortedBy = 1;
  let isDescending = true;
  let limit = ROWS_AT_FIRST;

  const value = (amount) => [
    element("td", {class: "number"}, format(amount)),
    element("td", {class: "number share"}, formatShare(amount / whole)),
  ];
  const line = (row) => element(
      "tr", {},
      element("th", {scope: "row", title: report.fullName(row.frame)},
              element("button", {type: "button", class: "name",
                                 click: () => onPick(row.frame)},
                      report.shortName(row.frame))),
      value(row.own),
      element("td", {class: "number error"}, row.own > 0 && samples > 0 ?
          formatError(shareError(row.own / whole, samples)) : ""),
      value(row.total));

  const headers = COLUMNS.map((column, i) => element(
      "th", {scope: "col", class: column.isName ? "" : "number", title: column.hint},
      !column.value && !column.isName ? column.title :
      sortButton(column.isName ? column.title : column.title + suffix, () => {
        isDescending = i === sortedBy ? !isDescending : !column.isName;
        sortedBy = i;
        draw();
      })));
  const body = element("tbody");
  const more = element("button", {type: "button", class: "more", click: () => {
    limit = limit === Infinity ? ROWS_AT_FIRST : Infinity;
    draw();
  }});

  function draw() {
    const column = COLUMNS[sortedBy];
    const sign = isDescending ? -1 : 1;
    all.sort((a, b) => column.value ?
        sign * (column.value(a) - column.value(b)) :
        sign * (report.shortName(a.frame) < report.shortName(b.frame) ? -1 : 1));
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
