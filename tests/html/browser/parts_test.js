/**
 * @fileoverview The parts of the page's script that need no page: trees, sums,
 * units. They run in node.
 */
import assert from "node:assert/strict";
import {test} from "node:test";

import {callersOf, callersOfAll} from "../../../bench_profiler/html/script/callers.js";
import {shareError} from "../../../bench_profiler/html/script/confidence.js";
import {flatOf, hottest} from "../../../bench_profiler/html/script/flat.js";
import {exponentOf} from "../../../bench_profiler/html/script/growth.js";
import {REST, boxAt, find, layout} from "../../../bench_profiler/html/script/layout.js";
import {followPath, pathOf} from "../../../bench_profiler/html/script/location.js";
import {Search} from "../../../bench_profiler/html/script/search.js";
import {ALL, mergedCallees, outermost, treeOf, walk} from
  "../../../bench_profiler/html/script/tree.js";
import {formatCount, formatError, formatShare, formatValue, formatWait} from
  "../../../bench_profiler/html/script/units.js";
import {bigTree} from "./pages.js";

// main calls Run, that calls Bench, which calls Work (60) and Sum (30), and Work calls
// Sum (10) and, recursively, Work (20); another thread calls Bench with Sum (5).
const MAIN = 0, RUN = 1, BENCH = 2, WORK = 3, SUM = 4, THREAD = 5;
const profile = {
  samples: 125, divisor: 1, above: [0, 1, 7],
  depth: [0, 1, 2, 3, 4, 4, 3, 0, 1, 2],
  frame: [MAIN, RUN, BENCH, WORK, WORK, SUM, SUM, THREAD, BENCH, SUM].map((f) => 2 * f),
  self: [0, 0, 0, 60, 20, 10, 30, 0, 0, 5],
};
const names = ["main", "Run", "Bench", "Work", "Sum", "thread"];
const report = {fullName: (frame) => names[frame]};

const shape = (node) => [node.frame, node.value, ...node.children.map(shape)];

test("a tree begins at the benchmark, wherever it is called from", () => {
  assert.deepEqual(shape(treeOf(profile, false)),
                   [BENCH, 125, [WORK, 90, [WORK, 20], [SUM, 10]], [SUM, 35]]);
  const all = treeOf(profile, true);
  assert.deepEqual([all.frame, all.value], [ALL, 125]);
  assert.deepEqual(all.children.map((n) => n.frame), [MAIN, THREAD]);
});

test("what the harness does itself stays in the sum", () => {
  const tree = treeOf({...profile, self: [0, 7, 0, 60, 20, 10, 30, 0, 0, 5]}, false);
  assert.deepEqual([tree.frame, tree.value, tree.own], [ALL, 132, 7]);
});

test("a function that calls itself is counted once", () => {
  const rows = flatOf(treeOf(profile, false));
  const row = (frame) => rows.find((r) => r.frame === frame);
  assert.deepEqual([row(WORK).own, row(WORK).total], [80, 90]);
  assert.deepEqual([row(SUM).own, row(SUM).total], [45, 45]);
  assert.equal(rows[0].frame, WORK);
  assert.deepEqual(hottest(profile), {frame: WORK, share: 80 / 125});
});

test("callers: by own value, and up to the benchmark", () => {
  const tree = treeOf(profile, false);
  const callers = callersOfAll(tree);
  assert.deepEqual(shape(callers),
                   [ALL, 125, [WORK, 80, [BENCH, 60], [WORK, 20, [BENCH, 20]]],
                    [SUM, 45, [BENCH, 35], [WORK, 10, [BENCH, 10]]]]);
});

test("a sandwich: both halves are as wide as the function", () => {
  const tree = treeOf(profile, false);
  const nodes = outermost(tree, WORK);
  assert.equal(nodes.length, 1);
  assert.deepEqual(shape(callersOf(tree, nodes)), [WORK, 90, [BENCH, 90]]);
  assert.deepEqual(shape(mergedCallees(nodes)), [WORK, 90, [WORK, 20], [SUM, 10]]);
});

test("callers of a large tree add up to it", () => {
  const large = bigTree(3000, 50, 1000);
  const tree = treeOf(large, false);
  assert.equal(tree.value, large.total);
  const callers = callersOfAll(tree);
  assert.equal(callers.children.reduce((sum, n) => sum + n.value, 0), large.total);
  walk(callers, (node) => {
    assert.ok(node.children.reduce((sum, n) => sum + n.value, 0) <= node.value);
  });
});

test("rows are full, and what is narrow stands for itself when zoomed", () => {
  const tree = treeOf(bigTree(3000, 50, 1000), false);
  const size = (node) => node.value;
  const rows = layout(tree, tree, 200, size);
  const [row] = [rows[1]];
  assert.ok(Math.abs(row.reduce((sum, box) => sum + box.width, 0) - 200) < 1);
  row.forEach((box, i) => {
    assert.ok(box.width >= 0.5);
    if (i > 0) assert.ok(Math.abs(row[i - 1].x + row[i - 1].width - box.x) < 1e-6);
  });
  assert.equal(boxAt(rows, 1, row[3].x + row[3].width / 2), row[3]);
  assert.equal(boxAt(rows, 99, 5), null);
  assert.deepEqual(find(rows, row[2].node), {row: 1, index: 2});
  const rest = row.at(-1).node;
  assert.equal(rest.frame, REST);
  const zoomed = layout(tree, rest, 200, size);
  assert.deepEqual([zoomed[0][0].node, zoomed[1][0].node], [tree, rest]);
  assert.equal(zoomed[2][0].node, rest.children[0]);
});

test("a path leads back to its box", () => {
  const tree = treeOf(profile, true);
  const node = tree.children[0].children[0].children[0];
  assert.equal(followPath(tree, pathOf(node)), node);
  assert.equal(followPath(tree, `${pathOf(tree.children[0])}.999`), tree.children[0]);
});

test("a search counts nothing twice", () => {
  const tree = treeOf(profile, false);
  assert.equal(new Search(report, "work").valueIn(tree, (node) => node.value), 90);
  assert.equal(new Search(report, "^(Work|Sum)$").valueIn(tree, (node) => node.value), 125);
  const plain = new Search(report, "Su(");
  assert.ok(plain.isPlain);
  assert.equal(plain.valueIn(tree, (node) => node.value), 0);
});

test("growth", () => {
  assert.ok(Math.abs(exponentOf([8, 64, 512], [16, 1024, 65536]) - 2) < 1e-9);
  assert.ok(Math.abs(exponentOf([1, 2, 4], [5, 5, 5])) < 1e-9);
  assert.equal(exponentOf([1, 2], [5, undefined]), null);
  assert.equal(exponentOf([0, 2], [5, 6]), null);
});

test("how well a share is known", () => {
  assert.ok(Math.abs(shareError(0.5, 400) - 0.0488) < 0.0005);
  assert.ok(shareError(0, 10) > 0.1);  // 0 of 10 may well be one of ten
  assert.equal(shareError(0.5, 0), 1);
});

test("values as people read them", () => {
  assert.equal(formatValue(3856123, "nanoseconds"), "3.856 ms");
  assert.equal(formatValue(999.99, "nanoseconds"), "1 µs");
  assert.equal(formatValue(0, "nanoseconds"), "0 ns");
  assert.equal(formatValue(0.25, "nanoseconds"), "0.25 ns");
  assert.equal(formatValue(1536, "bytes"), "1.5 kB");
  assert.equal(formatValue(16394, "count"), "16,394");
  assert.equal(formatValue(3.4e6, "count"), "3.4 M");
  assert.equal(formatValue(-2048, "bytes"), "-2 kB");
  assert.equal(formatValue(12, "widgets"), "12 widgets");
  assert.equal(formatShare(0.6092), "60.9 %");
  assert.equal(formatShare(1), "100 %");
  assert.equal(formatShare(0.0001), "<0.1 %");
  assert.equal(formatError(0.0212), "±2.1 %");
  assert.equal(formatCount(1234567), "1,234,567");
  assert.equal(formatWait(0.3), "1 s");
  assert.equal(formatWait(400), "7 min");
});
