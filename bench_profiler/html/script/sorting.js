/**
 * @fileoverview Headers of tables that sort, for the eye and for screen readers.
 */
import {element} from "./dom.js";

/** What a header has in it. */
export function sortButton(title, onClick) {
  return element("button", {type: "button", class: "sort", click: onClick}, title);
}

/** Says which of the headers the rows are sorted by. */
export function showSorted(headers, sortedBy, isDescending) {
  headers.forEach((header, i) => {
    if (i === sortedBy) {
      header.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
    } else {
      header.removeAttribute("aria-sort");
    }
  });
}
