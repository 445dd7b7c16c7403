/**
 * @fileoverview Where a flame graph tells of the box that one looks at: a line that
 * stays in its place, which screen readers speak, and a small text at the pointer.
 */
import {element} from "./dom.js";

const DISTANCE = 14;

let tip = null;

/** Shows a text at the pointer; null hides it. */
function showTip(at, lines) {
  if (!tip) {
    tip = element("div", {class: "tip", "aria-hidden": "true"});
    document.body.append(tip);
  }
  tip.hidden = !at;
  if (!at) return;
  tip.replaceChildren(
      ...lines.map((line, i) => element(i === 0 ? "strong" : "span", {}, line)));
  const right = document.documentElement.clientWidth - tip.offsetWidth - 8;
  const below = innerHeight - tip.offsetHeight - 8;
  const y = at.y + DISTANCE > below ? at.y - DISTANCE - tip.offsetHeight : at.y + DISTANCE;
  tip.style.left = `${Math.max(4, Math.min(at.x + DISTANCE, right))}px`;
  tip.style.top = `${Math.max(4, y)}px`;
}

/** The line above a graph. */
export class Details {
  /** @param {function(!TreeNode)} onPick */
  constructor(onPick) {
    this.node = null;
    this.name = element("strong", {});
    this.values = element("span", {});
    this.place = element("span", {class: "place"});
    this.change = element("span");
    this.pick = element("button", {
      type: "button", hidden: true, title: "Who calls it, and what it calls (s)",
      click: () => onPick(this.node),
    }, "Callers and callees");
    this.text = element(
        "div", {class: "details-text", role: "status", "aria-live": "polite"},
        this.name, element("div", {class: "values"}, this.values, this.place),
        this.change);
    this.element = element("div", {class: "details"}, this.text, this.pick);
  }

  /**
   * @param {?TreeNode} node
   * @param {?{x: number, y: number}} at the pointer
   * @param {{name: string, values: string, place: string,
   *     change: (string|undefined)}} about change: of the function, in comparisons
   */
  show(node, at, about) {
    this.node = node;
    this.name.textContent = about.name;
    this.values.textContent = about.values;
    // Its end says most, and the tooltip all.
    this.place.textContent = about.place.split("/").slice(-2).join("/");
    this.place.title = about.place;
    this.change.textContent = about.change || "";
    this.element.classList.toggle("three", about.change !== undefined);
    this.pick.hidden = !node || node.frame < 0;
    showTip(at, [about.name, about.values, about.change, about.place]
        .filter((line) => line));
  }
}
