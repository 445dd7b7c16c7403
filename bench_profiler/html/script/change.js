/**
 * @fileoverview Differential reports: what was before, what is now, and what of it
 * passed the test. Only that is coloured: of forty functions that have not changed
 * two look as if they had.
 *
 *     const change = new Change(profile, tree);
 *     change.colour(node);
 */
import {element} from "./dom.js";
import {changeColour, palette} from "./theme.js";
import {formatShare} from "./units.js";

export class Change {
  /** @param {!Object} profile with `old`, and `changed`, frames, if it was tested */
  constructor(profile, tree) {
    this.tree = tree;
    this.changed = profile.changed ? new Set(profile.changed) : null;
  }

  isMarked(frame) {
    return this.changed === null || this.changed.has(frame);
  }

  /** By how much of the whole a box became larger. */
  of(node) {
    const whole = Math.max(this.tree.value, this.tree.oldValue) || 1;
    return (node.value - node.oldValue) / whole;
  }

  colour(node) {
    const change = this.of(node);
    return node.frame < 0 || !this.isMarked(node.frame) || Math.abs(change) < 0.0005 ?
        palette().plain : changeColour(change);
  }

  /** "3.1 ms → 3.9 ms (+25.8 %)" */
  text(node, format) {
    const ratio = node.oldValue > 0 ? node.value / node.oldValue - 1 : Infinity;
    const much = Number.isFinite(ratio) ?
        ` (${ratio > 0 ? "+" : ""}${formatShare(ratio)})` : " (new)";
    const doubt = node.frame >= 0 && !this.isMarked(node.frame) ? ", may be chance" : "";
    return `${format(node.oldValue)} → ${format(node.value)}${much}${doubt}`;
  }

  /** What the colours mean. */
  legend() {
    const sample = (change, text) => element(
        "span", {class: "sample"},
        element("i", {style: `background: ${
            change === 0 ? palette().plain : changeColour(change)}`}), text);
    return element(
        "p", {class: "legend"}, sample(-0.2, "less than before"),
        sample(0, this.changed ? "no change that is more than chance" : "the same"),
        sample(0.2, "more than before"),
        this.changed ? null :
            element("em", {}, "Not tested: chance makes colours, too."));
  }
}
