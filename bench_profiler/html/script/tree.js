/**
 * @fileoverview Call trees. A node's children are sorted, the largest first, and
 * may be made only when somebody looks at them.
 *
 *     const root = treeOf(profile, false);
 *     walk(root, (node) => console.log(node.frame, node.value));
 */

/** The frame of a root that stands for all. */
export const ALL = -1;

/** One box: a function in one place of the tree. */
export class TreeNode {
  /**
   * @param {number} frame index in the report's frames, or ALL
   * @param {boolean} inlined
   * @param {?TreeNode} parent
   */
  constructor(frame, inlined, parent) {
    this.frame = frame;
    this.inlined = inlined;
    this.parent = parent;
    this.own = 0;
    this.value = 0;    // with all below
    this.oldOwn = 0;   // before, in differential reports
    this.oldValue = 0;
    /** @type {?Array<!TreeNode>} null: not made yet, `grow` makes them */
    this.kids = null;
    /** @type {?function(!TreeNode): !Array<!TreeNode>} */
    this.grow = null;
  }

  /** @return {!Array<!TreeNode>} */
  get children() {
    if (this.kids === null) this.kids = this.grow ? this.grow(this) : [];
    return this.kids;
  }

  get key() {
    return 2 * this.frame + (this.inlined ? 1 : 0);
  }
}

/** What is larger comes first; of two that are equal, that of the lower frame. */
export function byValue(a, b) {
  return b.value - a.value || b.oldValue - a.oldValue || a.key - b.key;
}

/**
 * Calls `enter` for each node, callers before callees, and `leave` in the opposite
 * order. `enter` may return false: then what is below is left out, and `leave` is
 * not called. Stacks may be as deep as they like.
 */
export function walk(root, enter, leave = null) {
  const open = [root];
  const left = [];
  while (open.length > 0) {
    const node = open.pop();
    if (node === null) {
      leave(left.pop());
      continue;
    }
    if (enter(node) === false) continue;
    if (leave) {
      left.push(node);
      open.push(null);
    }
    const children = node.children;
    for (let i = children.length - 1; i >= 0; --i) open.push(children[i]);
  }
}

/** Sorts unless they are in order already, as they come in a file. */
function order(nodes) {
  for (let i = 1; i < nodes.length; ++i) {
    if (nodes[i - 1].value < nodes[i].value) {
      nodes.sort(byValue);
      return;
    }
  }
}

// Of most nodes: they are leaves.
const NONE = Object.freeze([]);

/** Makes nodes of the arrays of a profile: the root, and all by their index. */
function nodesOf(profile) {
  const {depth, frame, self, old} = profile;
  const root = new TreeNode(ALL, false, null);
  root.kids = [];
  const nodes = new Array(frame.length);
  const path = [root];
  for (let i = 0; i < frame.length; ++i) {
    const parent = path[depth[i]];
    const node = new TreeNode(frame[i] >> 1, (frame[i] & 1) === 1, parent);
    node.own = node.value = self[i];
    if (old) node.oldOwn = node.oldValue = old[i];
    node.kids = NONE;
    if (parent.kids === NONE) parent.kids = [node]; else parent.kids.push(node);
    path[depth[i] + 1] = node;
    nodes[i] = node;
  }
  for (let i = nodes.length - 1; i >= 0; --i) {
    const node = nodes[i];
    node.parent.value += node.value;
    node.parent.oldValue += node.oldValue;
    order(node.kids);
  }
  order(root.kids);
  return {root, nodes};
}

/** The nodes of a function that are below no other of it. */
export function outermost(root, frame) {
  const found = [];
  walk(root, (node) => {
    if (node.frame !== frame) return true;
    found.push(node);
    return false;
  });
  return found;
}

/** One tree of several: nodes of one function with one caller become one. */
export function mergedCallees(nodes, parent = null) {
  const merged = new TreeNode(nodes[0].frame, nodes.every((n) => n.inlined), parent);
  for (const node of nodes) {
    merged.own += node.own;
    merged.value += node.value;
    merged.oldOwn += node.oldOwn;
    merged.oldValue += node.oldValue;
  }
  merged.grow = () => {
    const groups = new Map();
    for (const node of nodes) {
      for (const child of node.children) {
        const group = groups.get(child.key);
        if (group) group.push(child); else groups.set(child.key, [child]);
      }
    }
    return [...groups.values()].map((group) => mergedCallees(group, merged))
        .sort(byValue);
  };
  return merged;
}

/**
 * The tree of a profile.
 *
 * @param {!Object} profile
 * @param {boolean} withHarness false: without the functions above the benchmark's
 *     own. What is below them is merged: each thread calls the benchmark from
 *     another place.
 * @return {!TreeNode}
 */
export function treeOf(profile, withHarness) {
  const {root, nodes} = nodesOf(profile);
  const above = profile.above || [];
  if (withHarness || above.length === 0) return root;
  const isAbove = new Set(above.map((i) => nodes[i]));
  const groups = new Map();
  const cut = new TreeNode(ALL, false, null);
  cut.value = root.value;
  cut.oldValue = root.oldValue;
  walk(root, (node) => {
    if (node === root) return true;
    if (isAbove.has(node)) {
      cut.own += node.own;
      cut.oldOwn += node.oldOwn;
      return true;
    }
    const group = groups.get(node.key);
    if (group) group.push(node); else groups.set(node.key, [node]);
    return false;
  });
  cut.kids = [...groups.values()].map((group) => mergedCallees(group, cut))
      .sort(byValue);
  if (cut.kids.length !== 1 || cut.own !== 0 || cut.oldOwn !== 0) return cut;
  cut.kids[0].parent = null;
  return cut.kids[0];
}
