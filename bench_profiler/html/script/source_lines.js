/**
 * @fileoverview The hottest lines of a profile, in their source if that could be
 * read when the page was written.
 */
import {element} from "./dom.js";
import {formatShare} from "./units.js";

/** The runs of source lines that have something hot in them, the hottest first. */
function hotRuns(report, lines) {
  const runs = new Map();
  const bare = [];
  for (const [frame, line, value] of lines) {
    const file = report.file(frame);
    const found = Object.entries(report.sources(frame)).find(
        ([first, texts]) => line >= Number(first) && line < Number(first) + texts.length);
    if (!found) {
      bare.push({frame, line, value});
      continue;
    }
    const key = `${file}:${found[0]}`;
    if (!runs.has(key)) {
      runs.set(key, {file, first: Number(found[0]), texts: found[1], frames: new Set(),
                     values: new Map(), value: 0});
    }
    const run = runs.get(key);
    run.values.set(line, (run.values.get(line) || 0) + value);
    run.value += value;
    run.frames.add(frame);
  }
  return {runs: [...runs.values()].sort((a, b) => b.value - a.value), bare};
}

/** The end of the path says most; the whole of it is in the tooltip. */
function placeCell(file, line) {
  const end = file.split("/").slice(-2).join("/");
  return element("td", {class: "place", title: file}, end ? `${end}:${line}` : "");
}

function sourceRun(report, run, whole, format) {
  const names = [...run.frames].map((frame) => report.shortName(frame));
  const rows = run.texts.map((text, i) => {
    const value = run.values.get(run.first + i);
    const share = value ? value / whole : 0;
    return element(
        "tr", {class: value ? "hot" : "", style: value ? `--share: ${share}` : null},
        element("td", {class: "number"}, value ? format(value) : ""),
        element("td", {class: "number share"}, value ? formatShare(share) : ""),
        element("td", {class: "number line"}, String(run.first + i)),
        element("td", {class: "code"}, text));
  });
  return element(
      "figure", {class: "source"},
      element("figcaption", {},
              element("strong", {}, names.slice(0, 3).join(", ")),
              ` ${run.file} `, element("span", {class: "share"},
                                       `${format(run.value)}, ${formatShare(run.value / whole)}`)),
      element("div", {class: "scroll", tabindex: "0", role: "region",
                      "aria-label": `Source of ${names[0]}`},
              element("table", {}, element("tbody", {}, rows))));
}

/**
 * @param {!Object} profile with `lines`
 * @param {number} whole what 100 % is
 * @return {!HTMLElement}
 */
export function sourceLines(report, profile, whole, format) {
  const lines = profile.lines || [];
  if (lines.length === 0) {
    return element("p", {class: "note"},
                   "No lines are known: the program has no debug information (-g).");
  }
  const {runs, bare} = hotRuns(report, lines);
  const table = bare.length === 0 ? null : element(
      "table", {class: "lines"},
      element("caption", {}, "Lines whose source could not be read"),
      element("tbody", {}, bare.map(({frame, line, value}) => element(
          "tr", {},
          element("td", {class: "number"}, format(value)),
          element("td", {class: "number share"}, formatShare(value / whole)),
          element("td", {title: report.fullName(frame)}, report.shortName(frame)),
          placeCell(report.file(frame), line)))));
  return element(
      "div", {class: "sources"},
      runs.map((run) => sourceRun(report, run, whole, format)), table);
}
