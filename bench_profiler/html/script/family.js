/**
 * @fileoverview The members of a family beside each other: whose share grows with
 * the argument?
 */
import {element} from "./dom.js";
import {flatOf} from "./flat.js";
import {treeOf} from "./tree.js";
import {formatShare} from "./units.js";

const FUNCTIONS = 8;
const MEMBERS = 12;

/**
 * @param {number} index of a benchmark
 * @param {number} kindIndex
 * @return {!Array<!HTMLElement>} none if it is in no family
 */
export function familyTable(report, index, kindIndex) {
  const family = report.families.find((f) => f.benchmarks.includes(index));
  if (!family) return [];
  const members = family.benchmarks.slice(0, MEMBERS).map((i, place) => {
    const profile = report.benchmarks[i].profiles[kindIndex];
    const tree = profile ? treeOf(profile, false) : null;
    const own = new Map();
    if (tree) for (const row of flatOf(tree)) own.set(row.frame, row.own / (tree.value || 1));
    return {index: i, argument: family.arguments[place], own};
  });
  const most = new Map();
  for (const {own} of members) {
    for (const [frame, share] of own) most.set(frame, Math.max(share, most.get(frame) || 0));
  }
  const frames = [...most].sort((a, b) => b[1] - a[1]).slice(0, FUNCTIONS)
      .filter(([, share]) => share > 0.01).map(([frame]) => frame);
  if (frames.length === 0) return [];
  const head = element(
      "tr", {}, element("th", {scope: "col"}, "Own share of"),
      members.map(({index: i, argument}) => element(
          "th", {scope: "col", class: i === index ? "number chosen" : "number"},
          String(argument))));
  const rows = frames.map((frame) => element(
      "tr", {},
      element("th", {scope: "row", title: report.fullName(frame)}, report.shortName(frame)),
      members.map(({own}) => {
        const share = own.get(frame) || 0;
        return element("td", {class: "number meter", style: `--share: ${share}`},
                       share > 0 ? formatShare(share) : "–");
      })));
  return [element(
      "section", {class: "growing"},
      element("h3", {}, `${family.name}: ${report.kinds[kindIndex].title} by argument`),
      element("div", {class: "scroll", tabindex: "0", role: "region",
                      "aria-label": "Shares by argument"},
              element("table", {}, element("thead", {}, head),
                      element("tbody", {}, rows))))];
}
