/**
 * @fileoverview Which boxes are to be drawn, and where: all that are at least half
 * a pixel wide. Since siblings are sorted by size, those that are narrower stand
 * at the end, and one grey box stands for them together; zoomed, it shows them.
 *
 *     const rows = layout(root, zoomed, 800);
 *     boxAt(rows, 2, 310);  // the box of the third row at pixel 310
 */
import {TreeNode} from "./tree.js";

/** The frame of a box that stands for several narrow ones. */
export const REST = -2;

const NARROWEST = 0.5;

/**
 * @typedef {{node: !TreeNode, x: number, width: number, outside: boolean}} Box
 *     outside: a caller of what is zoomed
 */

/**
 * @param {!TreeNode} root
 * @param {!TreeNode} zoomed it, or a node below, which is as wide as the picture
 * @param {number} width
 * @param {function(!TreeNode): number} size
 * @return {!Array<!Array<!Box>>} for each row its boxes from left to right
 */
export function layout(root, zoomed, width, size) {
  const rows = [];
  for (let node = zoomed; node !== root;) {
    node = node.parent;
    rows.unshift([{node, x: 0, width, outside: true}]);
  }
  const scale = size(zoomed) > 0 ? width / size(zoomed) : 0;
  let row = [{node: zoomed, x: 0, width, outside: false}];
  while (row.length > 0) {
    rows.push(row);
    const below = [];
    for (const box of row) {
      if (box.node.frame !== REST || box.node === zoomed) {
        placeChildren(box, scale, size, below);
      }
    }
    row = below;
  }
  return rows;
}

function placeChildren(box, scale, size, below) {
  let x = box.x;
  const narrow = [];
  for (const child of box.node.children) {
    const width = size(child) * scale;
    if (width >= NARROWEST) {
      below.push({node: child, x, width, outside: false});
      x += width;
    } else if (width > 0) {
      narrow.push(child);
    }
  }
  if (narrow.length === 0) return;
  const node = restOf(box.node, narrow);
  const width = size(node) * scale;
  if (width >= NARROWEST) below.push({node, x, width, outside: false});
}

function restOf(parent, nodes) {
  const rest = new TreeNode(REST, false, parent);
  for (const node of nodes) {
    rest.value += node.value;
    rest.oldValue += node.oldValue;
  }
  rest.kids = nodes;
  return rest;
}

/** @return {?Box} */
export function boxAt(rows, row, x) {
  const boxes = rows[row];
  if (!boxes) return null;
  let low = 0;
  let high = boxes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (boxes[middle].x <= x) low = middle + 1; else high = middle;
  }
  const box = low > 0 ? boxes[low - 1] : null;
  return box && x < box.x + box.width ? box : null;
}

/** Where the box of a node is. @return {?{row: number, index: number}} */
export function find(rows, node) {
  for (let row = 0; row < rows.length; ++row) {
    const index = rows[row].findIndex((box) => box.node === node);
    if (index >= 0) return {row, index};
  }
  return null;
}
