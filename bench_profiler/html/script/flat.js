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
  const rows = [];
  const made = [];  // by frame
  const depths = [];  // how many of the stack's boxes are of a function, by frame
  walk(root, (node) => {
    const {frame} = node;
    if (frame === ALL) return;
    let row = made[frame];
    if (row === undefined) {
      row = made[frame] = {frame, own: 0, total: 0, oldOwn: 0, oldTotal: 0};
      depths[frame] = 0;
      rows.push(row);
    }
    row.own += node.own;
    row.oldOwn += node.oldOwn;
    if (depths[frame]++ === 0) {
      row.total += node.value;
      row.oldTotal += node.oldValue;
    }
  }, (node) => {
    if (node.frame !== ALL) --depths[node.frame];
  });
  return rows.sort((a, b) => b.own - a.own || b.total - a.total);
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
