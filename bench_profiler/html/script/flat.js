/**
 * @fileoverview What each function costs: its own code, and with all that it calls.
 *
 *     const rows = flatOf(tree);  // [{frame, own, total, ...}], the dearest first
 */
import {ALL, walk} from "./tree.js";

/**
 * @param {!TreeNode} root
 * @return {!Array<{frame: number, own: number, total: number, oldOwn: number,
 *     oldTotal: number}>} A function that calls itself is counted once.
 */
export function flatOf(root) {
  const rows = new Map();
  const open = new Map();  // how many of the stack's boxes are of a function
  walk(root, (node) => {
    let row = rows.get(node.frame);
    if (!row) {
      row = {frame: node.frame, own: 0, total: 0, oldOwn: 0, oldTotal: 0};
      rows.set(node.frame, row);
    }
    row.own += node.own;
    row.oldOwn += node.oldOwn;
    const depth = open.get(node.frame) || 0;
    if (depth === 0) {
      row.total += node.value;
      row.oldTotal += node.oldValue;
    }
    open.set(node.frame, depth + 1);
  }, (node) => open.set(node.frame, open.get(node.frame) - 1));
  rows.delete(ALL);
  return [...rows.values()].sort((a, b) => b.own - a.own || b.total - a.total);
}

/**
 * The function with the largest own value below the benchmark's own, without making
 * a tree: for a column of a table with a thousand rows.
 * @return {?{frame: number, share: number}}
 */
export function hottest(profile) {
  const {frame, self, above} = profile;
  const isAbove = new Set(above || []);
  const own = new Map();
  let total = 0;
  for (let i = 0; i < frame.length; ++i) {
    total += self[i];
    if (self[i] === 0 || isAbove.has(i)) continue;
    own.set(frame[i] >> 1, (own.get(frame[i] >> 1) || 0) + self[i]);
  }
  let best = null;
  for (const [at, value] of own) {
    if (!best || value > best.value) best = {frame: at, value};
  }
  return best && total > 0 ? {frame: best.frame, share: best.value / total} : null;
}
