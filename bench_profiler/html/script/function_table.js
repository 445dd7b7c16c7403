/**
 * @fileoverview The flat table of a profile: for each function what is its own and
 * what it is with all that it calls, per operation, and how sure that is. It says
 * in numbers what the flame graph shows, to those who cannot see that too.
 */
import {shareError} from "./confidence.js";
import {element} from "./dom.js";
import {flatOf} from "./flat.js";
import {showSorted, sortButton} from "./sorting.js";
import {formatError, formatShare} from "./units.js";

const ROWS_AT_FIRST = 10;

const COLUMNS = [
  {title: "Own", value: (row) => row.own, isDescending: true},
  {title: "Total", value: (row) => row.total, isDescending: true},
  {title: "Function", value: null, isDescending: false},
];

/**
 * @param {!Object} profile what it is of: `format` writes a value per operation,
 *     `samples`, `title`
 * @param {!TreeNode} tree
 * @param {?Search} search only these functions
 * @param {function(number)} onPick gets the frame of a function
 * @return {!HTMLElement}
 */
export function functionTable(report, {title, format, samples}, tree, search, onPick) {
  const all = flatOf(tree).filter((row) => !search || search.matches(row.frame));
  const whole = tree.value || 1;
  let sortedBy = 0;
  let isDescending = true;
  let limit = ROWS_AT_FIRST;

  const value = (amount) => [
    element("td", {class: "number"}, format(amount)),
    element("td", {class: "number share"}, formatShare(amount / whole)),
  ];
  const line = (row) => element(
      "tr", {},
      value(row.own),
      element("td", {class: "number error"},
              formatError(shareError(row.own / whole, samples))),
      value(row.total),
      element("td", {class: "function", title: report.fullName(row.frame)},
              element("button", {type: "button", class: "name",
                                 click: () => onPick(row.frame)},
                      report.shortName(row.frame))));

  const headers = COLUMNS.map((column, i) => element(
      "th", {scope: "col", colspan: [3, 2, 1][i],
             class: i < 2 ? "number" : ""},
      sortButton(column.title, () => {
        if (i === sortedBy) {
          isDescending = !isDescending;
        } else {
          sortedBy = i;
          isDescending = column.isDescending;
        }
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
