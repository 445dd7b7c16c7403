/**
 * @fileoverview Search by regular expression, and how much of a profile it finds.
 *
 *     const search = new Search(report, "^std::");
 *     search.matches(frame);
 *     search.valueIn(tree, (node) => node.value);  // without counting what is below a find once more
 */
import {walk} from "./tree.js";

export class Search {
  /** What is no regular expression is looked for as it is. */
  constructor(report, text) {
    this.report = report;
    this.isPlain = false;
    try {
      this.expression = new RegExp(text, "i");
    } catch (error) {
      this.isPlain = true;
      this.expression =
          new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
    }
    this.known = new Map();
  }

  /** Whether a function's full name has it. */
  matches(frame) {
    if (frame < 0) return false;
    let found = this.known.get(frame);
    if (found === undefined) {
      found = this.expression.test(this.report.fullName(frame));
      this.known.set(frame, found);
    }
    return found;
  }

  /** @param {function(!TreeNode): number} size */
  valueIn(root, size) {
    let value = 0;
    walk(root, (node) => {
      if (!this.matches(node.frame)) return true;
      value += size(node);
      return false;
    });
    return value;
  }
}
