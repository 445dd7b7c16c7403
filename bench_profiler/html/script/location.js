/**
 * @fileoverview What is looked at stands in the address after "#", so that a link
 * can be shared: #b=BM_Sort/8&v=callers&q=malloc
 *
 *     b  benchmark     k  kind of profile, "" for all side by side
 *     v  view          f  full name of the sandwich's function
 *     z  kind and path of the zoom: cpu:14.3.8, keys of boxes from the root
 *     q  search        h  1, 0: with the harness or without    o  1: widths of old
 */

const NAMES = ["b", "k", "v", "f", "z", "q", "h", "o"];

/** @return {!Object<string, string>} */
export function readLocation() {
  const parts = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(NAMES.map((name) => [name, parts.get(name) || ""]));
}

/**
 * @param {!Object<string, string>} state
 * @param {boolean} isStep whether the browser's Back shall return from here
 */
export function writeLocation(state, isStep) {
  const parts = new URLSearchParams();
  for (const name of NAMES) if (state[name]) parts.set(name, state[name]);
  const hash = `#${parts}`;
  if (hash === (location.hash || "#")) return;
  try {
    if (isStep) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  } catch (error) {
    // Within a frame of another page, as CI servers show reports, it may be
    // forbidden; all else works.
  }
}

/** The keys of the boxes from the root to a node. */
export function pathOf(node) {
  const keys = [];
  for (let at = node; at.parent; at = at.parent) keys.unshift(at.key);
  return keys.join(".");
}

/** The node that a path leads to, as far as it goes. */
export function followPath(root, path) {
  let node = root;
  for (const key of path ? path.split(".").map(Number) : []) {
    const child = node.children.find((c) => c.key === key);
    if (!child) break;
    node = child;
  }
  return node;
}
