/**
 * @fileoverview The inverted tree: below each function those that call it. It may
 * have many more nodes than the tree itself (50,000 boxes: 377,000), so that each
 * node's children are made when they are looked at.
 *
 *     const root = callersOfAll(tree);       // first level: functions by own value
 *     const one = callersOf(tree, nodes);    // of the places of one function
 */
import {ALL, TreeNode, byValue, walk} from "./tree.js";

/**
 * A node of the inverted tree, of what flowed through `entries`.
 * @param {!Array<{at: !TreeNode, value: number, old: number}>} entries all of one
 *     function
 */
function inverted(root, entries, parent) {
  const made = new TreeNode(
      entries[0].at.frame, entries.every((e) => e.at.inlined), parent);
  for (const entry of entries) {
    made.value += entry.value;
    made.oldValue += entry.old;
  }
  made.grow = () => {
    const up = [];
    for (const {at, value, old} of entries) {
      // A root that stands for all is nobody's caller.
      if (at === root || at.parent === null || at.parent.frame === ALL) continue;
      up.push({at: at.parent, value, old});
    }
    return grouped(root, up, made);
  };
  return made;
}

function grouped(root, entries, parent) {
  const groups = new Map();
  for (const entry of entries) {
    const group = groups.get(entry.at.frame);
    if (group) group.push(entry); else groups.set(entry.at.frame, [entry]);
  }
  return [...groups.values()].map((group) => inverted(root, group, parent))
      .sort(byValue);
}

/** All functions by what is their own, and who calls them. */
export function callersOfAll(root) {
  const all = new TreeNode(ALL, false, null);
  all.value = root.value;
  all.oldValue = root.oldValue;
  all.grow = () => {
    const entries = [];
    walk(root, (node) => {
      if (node.frame !== ALL && (node.own !== 0 || node.oldOwn !== 0)) {
        entries.push({at: node, value: node.own, old: node.oldOwn});
      }
    });
    return grouped(root, entries, all);
  };
  return all;
}

/** The callers of some nodes of one function, with all that is below these. */
export function callersOf(root, nodes) {
  return inverted(
      root, nodes.map((at) => ({at, value: at.value, old: at.oldValue})), null);
}
