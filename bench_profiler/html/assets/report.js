// Made of bench_profiler/html/script; change that, then run bench_profiler/html/bundle.
(() => {
"use strict";
const Z95 = 1.96;
function shareError(share, samples) {
if (!(samples > 0)) return 1;
const p = Math.min(1, Math.max(0, share));
const z2 = Z95 * Z95;
return Z95 * Math.sqrt(p * (1 - p) / samples + z2 / (4 * samples * samples)) /
(1 + z2 / samples);
}
function canReadData() {
return typeof DecompressionStream === "function";
}
async function readData() {
const text =
document.getElementById("bench-profiler-data").textContent.trim();
const binary = atob(text);
const bytes = new Uint8Array(binary.length);
for (let i = 0; i < binary.length; ++i) bytes[i] = binary.charCodeAt(i);
const stream =
new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
return new Response(stream).json();
}
class Report {
constructor(data) {
this.data = data;
this.title = data.title || "";
this.kinds = data.kinds || [];
this.benchmarks = data.benchmarks || [];
this.families = data.families || [];
this.minSamples = data.min_samples || 0;
this.shortNames = [];  // those that were asked for
this.isSuite = data.mode !== "single";
this.comparison = data.comparison || null;  // of two programs
this.indices = new Map();
this.keys = this.benchmarks.map(({name}, i) => {
let key = name;
for (let n = 2; this.indices.has(key); ++n) key = `${name} (${n})`;
this.indices.set(key, i);
return key;
});
}
shortName(frame) {
let name = this.shortNames[frame];
if (name === undefined) {
name = (this.data.strings[this.data.frames[frame][0]] || this.fullName(frame))
.replaceAll("(anonymous namespace)::", "");
this.shortNames[frame] = name;
}
return name;
}
fullName(frame) {
return this.data.strings[this.data.frames[frame][1]] || "(unknown)";
}
file(frame) {
return this.data.strings[this.data.frames[frame][2]] || "";
}
place(frame) {
const file = this.file(frame);
const line = this.data.frames[frame][3];
return file && line > 0 ? `${file}:${line}` : file;
}
isLibrary(frame) {
return this.data.frames[frame][4] === 1;
}
perOperation(benchmark) {
return this.isSuite && benchmark.label !== "test" && benchmark.iterations > 0 ?
"/op" : "";
}
withHarness(state) {
return state.h ? state.h === "1" : !this.isSuite;
}
isTime(measure) {
return measure === "time";
}
sources(frame) {
const all = this.data.sources || {};
return all[this.data.frames[frame][2]] || {};
}
}
const SVG = "http://www.w3.org/2000/svg";
function fill(made, attributes, children) {
for (const [name, value] of Object.entries(attributes)) {
if (value === undefined || value === null || value === false) continue;
if (typeof value === "function") {
made.addEventListener(name, value);
} else {
made.setAttribute(name, value === true ? "" : String(value));
}
}
for (const child of children.flat()) {
if (child !== null && child !== undefined) made.append(child);
}
return made;
}
function element(name, attributes = {}, ...children) {
return fill(document.createElement(name), attributes, children);
}
function svgElement(name, attributes = {}, ...children) {
return fill(document.createElementNS(SVG, name), attributes, children);
}
function toggle(text, attributes, onClick) {
return element(
"button", {type: "button", "aria-pressed": "false", ...attributes,
click: onClick}, text);
}
function press(button, pressed) {
button.setAttribute("aria-pressed", String(pressed));
}
const NAMES = ["b", "k", "v", "f", "z", "q", "h", "o"];
function readLocation() {
const parts = new URLSearchParams(location.hash.slice(1));
return Object.fromEntries(NAMES.map((name) => [name, parts.get(name) || ""]));
}
function writeLocation(state, isStep) {
const parts = new URLSearchParams();
for (const name of NAMES) if (state[name]) parts.set(name, state[name]);
const hash = `#${parts}`;
if (hash === (location.hash || "#")) return;
try {
if (isStep) history.pushState(null, "", hash);
else history.replaceState(null, "", hash);
} catch (error) {
}
}
function pathOf(node) {
const keys = [];
for (let at = node; at.parent; at = at.parent) keys.unshift(at.key);
return keys.join(".");
}
function followPath(root, path) {
let node = root;
for (const key of path ? path.split(".").map(Number) : []) {
const child = node.children.find((c) => c.key === key);
if (!child) break;
node = child;
}
return node;
}
const dark = matchMedia("(prefers-color-scheme: dark)");
const paper = matchMedia("print");
const HUES = {
cpu: [30, 78], heap: [152, 44], allocs: [84, 42], block: [262, 58],
mutex: [325, 50], wall: [205, 56],
};
function isDark() {
return dark.matches && !paper.matches;
}
function onThemeChange(redraw) {
dark.addEventListener("change", redraw);
paper.addEventListener("change", redraw);
}
function shadeOf(name) {
let hash = 2166136261;
for (let i = 0; i < name.length; ++i) {
hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
}
return ((hash >>> 8) & 1023) / 1023;
}
function palette() {
return isDark() ?
{text: "#f2efe9", faint: "#aaa6b0", plain: "#3a3942", rest: "#2c2b33",
outline: "#ffffff", line: "#17161b"} :
{text: "#201c16", faint: "#6a655e", plain: "#e4e1dc", rest: "#efedea",
outline: "#1b1a22", line: "#ffffff"};
}
function boxColour(kind, isLibrary, shade) {
const [middle, strength] = HUES[kind] ?? HUES.cpu;
const hue = middle + (shade - 0.5) * 22;
if (isDark()) {
return isLibrary ? `hsl(${hue} 14% ${27 + shade * 5}%)` :
`hsl(${hue} ${strength * 0.6}% ${33 + shade * 7}%)`;
}
return isLibrary ? `hsl(${hue} ${strength * 0.35}% ${86 + shade * 4}%)` :
`hsl(${hue} ${strength}% ${70 + shade * 7}%)`;
}
function foundColour() {
return isDark() ? "#8d3fb8" : "#d9a3f5";
}
function changeColour(change) {
const strength = Math.min(1, Math.sqrt(Math.abs(change) * 4));
const hue = change > 0 ? 8 : 216;
return isDark() ? `hsl(${hue} ${20 + 55 * strength}% ${28 + 16 * strength}%)` :
`hsl(${hue} ${40 + 45 * strength}% ${90 - 26 * strength}%)`;
}
const ALL = -1;
class TreeNode {
constructor(frame, inlined, parent) {
this.frame = frame;
this.inlined = inlined;
this.parent = parent;
this.own = 0;
this.value = 0;    // with all below
this.oldOwn = 0;   // before, in differential reports
this.oldValue = 0;
this.kids = null;
this.grow = null;
}
get children() {
if (this.kids === null) this.kids = this.grow ? this.grow(this) : [];
return this.kids;
}
get key() {
return 2 * this.frame + (this.inlined ? 1 : 0);
}
}
function byValue(a, b) {
return b.value - a.value || b.oldValue - a.oldValue || a.key - b.key;
}
function walk(root, enter, leave = null) {
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
function order(nodes) {
for (let i = 1; i < nodes.length; ++i) {
if (nodes[i - 1].value < nodes[i].value) {
nodes.sort(byValue);
return;
}
}
}
const NONE = Object.freeze([]);
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
function outermost(root, frame) {
const found = [];
walk(root, (node) => {
if (node.frame !== frame) return true;
found.push(node);
return false;
});
return found;
}
function mergedCallees(nodes, parent = null) {
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
function treeOf(profile, withHarness) {
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
const SCALES = {
nanoseconds: [[1e9, "s"], [1e6, "ms"], [1e3, "µs"], [1, "ns"]],
bytes: [[2 ** 30, "GB"], [2 ** 20, "MB"], [2 ** 10, "kB"], [1, "B"]],
count: [[1e9, "G"], [1e6, "M"], [1, ""]],
};
function formatCount(count) {
return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}
function digits(value) {
const size = Math.abs(value);
if (size >= 1000) return formatCount(value);
if (size > 0 && size < 0.001) return value < 0 ? "-0.001" : "<0.001";
return String(Number(value.toPrecision(4)));
}
function formatValue(value, unit) {
const scales = SCALES[unit];
if (!scales) return unit ? `${digits(value)} ${unit}` : digits(value);
const size = Math.abs(value);
const [scale, name] =
scales.find((row) => size >= row[0] * 0.99995) || scales.at(-1);
return name ? `${digits(value / scale)} ${name}` : digits(value / scale);
}
function formatShare(share) {
if (!Number.isFinite(share)) return "–";
const percent = share * 100;
const size = Math.abs(percent);
if (size >= 99.95 || size === 0) return `${percent.toFixed(0)} %`;
if (size < 0.05) return percent < 0 ? "-<0.1 %" : "<0.1 %";
return `${percent.toFixed(1)} %`;
}
function formatError(share) {
const percent = share * 100;
if (percent < 0.05) return "±<0.1 %";
return `±${percent >= 9.95 ? percent.toFixed(0) : percent.toFixed(1)} %`;
}
function formatWait(seconds) {
if (seconds >= 7200) return `${Math.ceil(seconds / 3600)} h`;
if (seconds >= 120) return `${Math.ceil(seconds / 60)} min`;
return `${Math.max(1, Math.ceil(seconds))} s`;
}
function sortButton(title, onClick) {
return element("button", {type: "button", class: "sort", click: onClick}, title);
}
function showSorted(headers, sortedBy, isDescending) {
headers.forEach((header, i) => {
if (i === sortedBy) {
header.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
} else {
header.removeAttribute("aria-sort");
}
});
}
function exponentOf(args, values) {
const points = [];
args.forEach((n, i) => {
if (n > 0 && values[i] > 0) points.push([Math.log(n), Math.log(values[i])]);
});
if (points.length < 2 || points.length < values.length) return null;
const x = points.reduce((sum, p) => sum + p[0], 0) / points.length;
const y = points.reduce((sum, p) => sum + p[1], 0) / points.length;
let above = 0;
let below = 0;
for (const point of points) {
above += (point[0] - x) * (point[1] - y);
below += (point[0] - x) ** 2;
}
return below > 0 ? above / below : null;
}
function growthBars(args, values) {
const logs = values.map((value) => value > 0 ? Math.log(value) : 0);
const low = Math.min(...logs);
const range = Math.max(...logs) - low;
const height = 14;
const bars = values.map((value, i) => {
const size = 3 + (range > 0.02 ? (logs[i] - low) / range : 0) * (height - 3);
return svgElement("rect", {x: i * 6, y: height - size, width: 4, height: size});
});
return svgElement(
"svg", {class: "bars", width: values.length * 6, height, "aria-hidden": "true"},
bars);
}
function growthCell(args, values, format) {
const exponent = exponentOf(args, values);
if (exponent === null) return null;
const title = args.map((n, i) => `${n}: ${format(values[i])}`).join("\n");
const text = Math.abs(exponent) < 0.015 ?
element("span", {}, "constant") :
element("span", {}, "~ n", element("sup", {}, exponent.toFixed(2)));
return element("span", {class: "growth", title}, growthBars(args, values), text);
}
const DISTANCE = 14;
let tip = null;
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
class Details {
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
show(node, at, about) {
this.node = node;
this.name.textContent = about.name;
this.values.textContent = about.values;
this.place.textContent = about.place.split("/").slice(-2).join("/");
this.place.title = about.place;
this.change.textContent = about.change || "";
this.element.classList.toggle("three", about.change !== undefined);
this.pick.hidden = !node || node.frame < 0;
showTip(at, [about.name, about.values, about.change, about.place]
.filter((line) => line));
}
}
class Search {
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
matches(frame) {
if (frame < 0) return false;
let found = this.known.get(frame);
if (found === undefined) {
found = this.expression.test(this.report.fullName(frame));
this.known.set(frame, found);
}
return found;
}
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
const REST = -2;
const NARROWEST = 0.5;
function layout(root, zoomed, width, size) {
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
function boxAt(rows, row, x) {
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
function find(rows, node) {
for (let row = 0; row < rows.length; ++row) {
const index = rows[row].findIndex((box) => box.node === node);
if (index >= 0) return {row, index};
}
return null;
}
function flatOf(root) {
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
function hottest(profile) {
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
function callersOfAll(root) {
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
function callersOf(root, nodes) {
return inverted(
root, nodes.map((at) => ({at, value: at.value, old: at.oldValue})), null);
}
function hotRuns(report, lines) {
const runs = new Map();
const bare = [];
for (const [frame, line, value] of lines) {
const file = report.file(frame);
const found = Object.entries(report.sources(frame)).find(
([first, texts]) => line >= Number(first) && line < Number(first) + texts.length);
if (!found) {
bare.push({frame, line, value});
continue;
}
const key = `${file}:${found[0]}`;
if (!runs.has(key)) {
runs.set(key, {file, first: Number(found[0]), texts: found[1], frames: new Set(),
values: new Map(), value: 0});
}
const run = runs.get(key);
run.values.set(line, (run.values.get(line) || 0) + value);
run.value += value;
run.frames.add(frame);
}
return {runs: [...runs.values()].sort((a, b) => b.value - a.value), bare};
}
function placeCell(file, line) {
const end = file.split("/").slice(-2).join("/");
return element("td", {class: "place", title: file}, end ? `${end}:${line}` : "");
}
function sourceRun(report, run, whole, format) {
const names = [...run.frames].map((frame) => report.shortName(frame));
const rows = run.texts.map((text, i) => {
const value = run.values.get(run.first + i);
const share = value ? value / whole : 0;
return element(
"tr", {class: value ? "hot" : "", style: value ? `--share: ${share}` : null},
element("td", {class: "number"}, value ? format(value) : ""),
element("td", {class: "number share"}, value ? formatShare(share) : ""),
element("td", {class: "number line"}, String(run.first + i)),
element("td", {class: "code"}, text));
});
return element(
"figure", {class: "source"},
element("figcaption", {},
element("strong", {}, names.slice(0, 3).join(", ")),
` ${run.file} `, element("span", {class: "share"},
`${format(run.value)}, ${formatShare(run.value / whole)}`)),
element("div", {class: "scroll", tabindex: "0", role: "region",
"aria-label": `Source of ${names[0]}`},
element("table", {}, element("tbody", {}, rows))));
}
function sourceLines(report, profile, whole, format) {
const lines = profile.lines || [];
if (lines.length === 0) {
return element("p", {class: "note"},
"No lines are known: the program has no debug information (-g).");
}
const {runs, bare} = hotRuns(report, lines);
const table = bare.length === 0 ? null : element(
"table", {class: "lines"},
element("caption", {}, "Lines whose source could not be read"),
element("tbody", {}, bare.map(({frame, line, value}) => element(
"tr", {},
element("td", {class: "number"}, format(value)),
element("td", {class: "number share"}, formatShare(value / whole)),
element("td", {title: report.fullName(frame)}, report.shortName(frame)),
placeCell(report.file(frame), line)))));
return element(
"div", {class: "sources"},
runs.map((run) => sourceRun(report, run, whole, format)), table);
}
const MORE = 1;
const LESS = 2;
const UNDECIDED = 3;
function readChange([verdict, old, now, change, low, high, note]) {
return {verdict, old, now, change, low, high, note: note || "",
isMarked: verdict === MORE || verdict === LESS};
}
function formatChange(change) {
if (change === null || change === undefined) return "";
const percent = Math.abs(change * 100);
const text = percent > 0 && percent < 0.1 ?
`${change < 0 ? "-" : ""}${Number(percent.toPrecision(1))} %` : formatShare(change);
return (change > 0 ? "+" : "") + text;
}
function formatInterval({low, high}) {
const from = formatChange(low);
const to = formatChange(high);
return from === to ? "" : `${from} to ${to}`;
}
function verdictText(verdict, isTime) {
return verdict === MORE ? isTime ? "slower" : "more" :
verdict === LESS ? isTime ? "faster" : "less" :
verdict === UNDECIDED ? "undecided" : "unchanged";
}
function verdictMark(verdict, isTime) {
const sign = verdict === MORE ? "▲ " : verdict === LESS ? "▼ " : "";
return element("span", {class: `verdict v${verdict}`},
sign + verdictText(verdict, isTime));
}
function fromTo(old, now, unit, suffix) {
const text = (value) => value === null ? "?" : formatValue(value, unit) + suffix;
return old === null && now === null ? "" : `${text(old)} → ${text(now)}`;
}
function changeText(change, unit, suffix) {
const interval = formatInterval(change);
return fromTo(change.old, change.now, unit, suffix) +
(change.change === null ? "" : `, ${formatChange(change.change)}`) +
(interval && ` (${interval})`);
}
function legend({old, new: now}, isTime, byOldWidth) {
const sample = (verdict, text) => element(
"span", {class: "sample"},
element("i", {style: `background: ${verdict === 0 ? palette().plain :
changeColour(verdict === MORE ? 0.15 : -0.15)}`}), text);
return element(
"p", {class: "legend"},
element("span", {}, "Old: ", element("b", {}, old), " → new: ", element("b", {}, now)),
sample(MORE, `${verdictText(MORE, isTime)} in new`),
sample(LESS, `${verdictText(LESS, isTime)} in new`),
sample(0, "no change that is more than chance"),
element("span", {}, byOldWidth ?
"Boxes are as wide as they were in old; what is only in new is not seen." :
"Boxes are as wide as they are in new; what is only in old is not seen."));
}
class Change {
constructor(report, kind, profile, suffix, tree) {
this.report = report;
this.unit = kind.unit;
this.isTime = report.isTime(kind.name);
this.suffix = suffix;
this.divisor = profile.divisor || 1;
this.tree = tree;
this.functions = new Map((profile.functions || []).map(
([frame, ...row]) => [frame, readChange(row)]));
}
colour(node) {
const row = this.functions.get(node.frame);
return row?.isMarked ?
changeColour((row.verdict === MORE ? 1 : -1) * Math.abs(row.change ?? 1)) :
palette().plain;
}
part(now, old) {
return this.tree.oldValue > 0 ? (now - old) / this.tree.oldValue : null;
}
note(node) {
const row = this.functions.get(node.frame);
return row?.isMarked ? formatChange(row.change) : "";
}
boxText(node) {
const text = fromTo(node.oldValue / this.divisor, node.value / this.divisor,
this.unit, this.suffix);
if (node.oldValue === 0) return `${text}, only in new`;
if (node.value === 0) return `${text}, only in old`;
return `${text}, ${formatChange(this.part(node.value, node.oldValue))} of the benchmark`;
}
functionText({frame, own, oldOwn}) {
const row = this.functions.get(frame);
if (!row) return frame < 0 || (own === 0 && oldOwn === 0) ? "" : "itself: not tested";
const interval = formatInterval(row);
const values = fromTo(row.old, row.now, this.unit, this.suffix);
return `itself ${verdictText(row.verdict, this.isTime)}, ` +
`${formatChange(row.change)} of the benchmark` +
(interval && ` (${interval})`) + (values && `: ${values}`) +
(row.note && `; ${row.note}`);
}
sorted(rows) {
const rank = new Map([...this.functions].filter(([, row]) => row.isMarked)
.map(([frame], i) => [frame, i]));
const place = (row) => rank.get(row.frame) ?? Infinity;
const size = (row) => Math.abs(row.own - row.oldOwn);
return rows.sort((a, b) => place(a) === place(b) ? size(b) - size(a) :
place(a) - place(b));
}
columns() {
const of = (row) => {
const tested = this.functions.get(row.frame) || {verdict: -1};
return {
...tested,
old: tested.old ?? row.oldOwn / this.divisor,
now: tested.now ?? row.own / this.divisor,
change: tested.change ?? this.part(row.own, row.oldOwn),
};
};
const amount = (key) => (row) => formatValue(of(row)[key], this.unit);
return [
{title: "Verdict", class: "word", show: (row) => {
const {verdict, note} = of(row);
return verdict < 0 ? element("span", {class: "verdict"}, "not tested") :
element("span", {}, verdictMark(verdict, this.isTime),
note ? element("small", {}, note) : null);
}},
{title: "Change", hint: "of the benchmark, by the function's own code",
value: (row) => of(row).change, show: (row) => formatChange(of(row).change)},
{title: "Interval", hint: "at 95 %", class: "error",
show: (row) => formatInterval(of(row))},
{title: `Old${this.suffix}`, value: (row) => of(row).old, show: amount("old")},
{title: `New${this.suffix}`, value: (row) => of(row).now, show: amount("now")},
];
}
}
const ROWS_AT_FIRST = 10;
function costColumns({format, suffix, samples}, total) {
const whole = total || 1;
const amount = (title, key) => [
{title: title + suffix, value: (row) => row[key], show: (row) => format(row[key])},
{title: "%", class: "share", show: (row) => formatShare(row[key] / whole)},
];
return [
...amount("Own", "own"),
{title: "±", hint: "at 95 %", class: "error", show: (row) =>
row.own > 0 && samples > 0 ? formatError(shareError(row.own / whole, samples)) : ""},
...amount("Total", "total"),
];
}
function functionTable(report, title, columns, sortedBy, rows, search, onPick) {
const all = rows.filter((row) => !search || search.matches(row.frame));
let isDescending = true;
let limit = ROWS_AT_FIRST;
const line = (row) => element(
"tr", {},
element("th", {scope: "row", title: report.fullName(row.frame)},
element("button", {type: "button", class: "name",
click: () => onPick(row.frame)},
report.shortName(row.frame))),
columns.map((column) => element(
"td", {class: `number ${column.class || ""}`}, column.show(row))));
const headers = [{title: "Function", value: true}, ...columns].map((column, i) => element(
"th", {scope: "col", class: i === 0 ? "" : `number ${column.class || ""}`,
title: column.hint},
!column.value ? column.title : sortButton(column.title, () => {
isDescending = i === sortedBy ? !isDescending : i !== 0;
sortedBy = i;
draw();
})));
const body = element("tbody");
const more = element("button", {type: "button", class: "more", click: () => {
limit = limit === Infinity ? ROWS_AT_FIRST : Infinity;
draw();
}});
function draw() {
const sign = isDescending ? -1 : 1;
const key = sortedBy === 0 ? (row) => report.shortName(row.frame) :
columns[sortedBy - 1]?.value;
if (key) all.sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
showSorted(headers, sortedBy, isDescending);
body.replaceChildren(...all.slice(0, limit).map(line));
more.hidden = all.length <= ROWS_AT_FIRST;
more.textContent = limit === Infinity ? `Only the first ${ROWS_AT_FIRST}` :
`All ${all.length} functions`;
}
draw();
return element(
"div", {class: "functions"},
element("table", {},
element("caption", {class: "unseen"}, `Functions, ${title}`),
element("thead", {}, element("tr", {}, headers)), body),
more);
}
function neighbour(graph, step) {
const place = find(graph.rows, graph.selected);
return place ? graph.rows[place.row][place.index + step]?.node : null;
}
function below(graph) {
const child = graph.selected.children[0];
return child && find(graph.rows, child) ? child : null;
}
function handleKeys(graph) {
const keys = {
ArrowDown: () => graph.options.upward ? graph.selected.parent : below(graph),
ArrowUp: () => graph.options.upward ? below(graph) : graph.selected.parent,
ArrowLeft: () => neighbour(graph, -1),
ArrowRight: () => neighbour(graph, 1),
Home: () => graph.root,
};
graph.canvas.addEventListener("keydown", (event) => {
if (event.ctrlKey || event.metaKey || event.altKey || !graph.selected) return;
if (keys[event.key]) {
const isInside = graph.selected !== graph.root || event.key !== "ArrowUp";
const next = isInside ? keys[event.key]() : null;
if (next && find(graph.rows, next)) graph.select(next);
} else if (event.key === "Enter" || event.key === " ") {
graph.zoom(graph.selected);
} else if (event.key === "Escape" || event.key === "Backspace") {
if (!graph.zoomOut()) return;
} else if (event.key === "s") {
graph.options.onPick(graph.selected);
} else {
return;
}
event.preventDefault();
event.stopPropagation();
});
}
const FUNCTIONS = 8;
const MEMBERS = 12;
function familyTable(report, index, kindIndex) {
const family = report.families.find((f) => f.benchmarks.includes(index));
if (!family) return [];
const members = family.benchmarks.slice(0, MEMBERS).map((i, place) => {
const profile = report.benchmarks[i].profiles[kindIndex];
const tree = profile ? treeOf(profile, false) : null;
const own = new Map();
if (tree) for (const row of flatOf(tree)) own.set(row.frame, row.own / (tree.value || 1));
return {index: i, argument: family.arguments[place], own};
});
const most = new Map();
for (const {own} of members) {
for (const [frame, share] of own) most.set(frame, Math.max(share, most.get(frame) || 0));
}
const frames = [...most].sort((a, b) => b[1] - a[1]).slice(0, FUNCTIONS)
.filter(([, share]) => share > 0.01).map(([frame]) => frame);
if (frames.length === 0) return [];
const head = element(
"tr", {}, element("th", {scope: "col"}, "Own share of"),
members.map(({index: i, argument}) => element(
"th", {scope: "col", class: i === index ? "number chosen" : "number"},
String(argument))));
const rows = frames.map((frame) => element(
"tr", {},
element("th", {scope: "row", title: report.fullName(frame)}, report.shortName(frame)),
members.map(({own}) => {
const share = own.get(frame) || 0;
return element("td", {class: "number meter", style: `--share: ${share}`},
share > 0 ? formatShare(share) : "–");
})));
return [element(
"section", {class: "growing"},
element("h3", {}, `${family.name}: ${report.kinds[kindIndex].title} by argument`),
element("div", {class: "scroll", tabindex: "0", role: "region",
"aria-label": "Shares by argument"},
element("table", {}, element("thead", {}, head),
element("tbody", {}, rows))))];
}
const ROW = 20;
const FONT = '12px system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';
const NARROWEST_TEXT = 28;
function lastName(name) {
return name.replace(/^(» )?(?:[\w$]+::)+/, "$1");
}
class FlameGraph {
constructor(options) {
this.options = options;
this.canvas = document.createElement("canvas");
this.canvas.tabIndex = 0;
this.canvas.setAttribute("role", "application");
this.canvas.setAttribute("aria-roledescription", "flame graph");
this.canvas.setAttribute(
"aria-label", `${options.label}. Arrow keys go from box to box, Enter ` +
"zooms in, Escape out, s shows callers and callees.");
this.inner = document.createElement("div");
this.inner.className = "flame-rows";
this.inner.append(this.canvas);
this.element = document.createElement("div");
this.element.className = "flame";
this.element.append(this.inner);
this.root = this.zoomed = null;
this.selected = this.hovered = null;
this.rows = [];
this.isFound = null;
this.widths = new Map();  // of texts, in pixels
this.listen();
}
listen() {
const {canvas, options} = this;
canvas.addEventListener("pointermove", (event) => {
const box = this.at(event);
this.hover(box ? box.node : null, event);
});
canvas.addEventListener("pointerleave", () => this.hover(null, null));
canvas.addEventListener("click", (event) => {
const box = this.at(event);
if (!box) return;
this.selected = box.node;
if (event.altKey) options.onPick(box.node); else this.zoom(box.node);
});
canvas.addEventListener("focus", () => {
if (!this.selected) this.selected = this.zoomed;
this.draw();
options.onShow(this.selected, null);
});
canvas.addEventListener("blur", () => this.draw());
handleKeys(this);
this.element.addEventListener("scroll", () => this.draw());
this.observer = new ResizeObserver(() => {
if (this.element.clientWidth !== this.width) this.arrange();
});
this.observer.observe(this.element);
}
show(root, zoomed = root) {
this.root = root;
this.zoomed = zoomed;
this.selected = this.hovered = null;
this.arrange();
}
zoom(node) {
if (node === this.zoomed) {
this.select(node);
return;
}
this.zoomed = node;
this.arrange();
this.options.onZoom(node);
this.options.onShow(node, null);
}
zoomOut() {
if (!this.root || this.zoomed === this.root) return false;
this.selected = this.zoomed;
this.zoom(this.zoomed.parent);
return true;
}
select(node) {
this.selected = node;
this.reveal(node);
this.draw();
this.options.onShow(node, null);
}
mark(isFound) {
if (this.isFound === isFound) return;
this.isFound = isFound;
this.draw();
}
arrange() {
this.width = this.element.clientWidth;
if (!this.root || this.width === 0) return;
this.rows = layout(this.root, this.zoomed, this.width, this.options.size);
if (this.options.withoutRoot) this.rows.shift();
const height = this.rows.length * ROW;
this.inner.style.height = `${height}px`;
const seen = Math.min(height, this.element.clientHeight || height);
const ratio = devicePixelRatio || 1;
this.canvas.style.height = `${seen}px`;
this.canvas.width = Math.round(this.width * ratio);
this.canvas.height = Math.round(seen * ratio);
this.seen = seen;
if (this.options.upward) this.element.scrollTop = height;
this.draw();
}
reveal(node) {
const place = find(this.rows, node);
if (!place) return;
const top = this.top(place.row);
const from = this.element.scrollTop;
if (top < from) this.element.scrollTop = top;
if (top + ROW > from + this.seen) this.element.scrollTop = top + ROW - this.seen;
}
top(row) {
return ROW * (this.options.upward ? this.rows.length - 1 - row : row);
}
at(event) {
const y = Math.floor((event.offsetY + this.element.scrollTop) / ROW);
const row = this.options.upward ? this.rows.length - 1 - y : y;
return boxAt(this.rows, row, event.offsetX);
}
hover(node, event) {
if (node !== this.hovered) {
this.hovered = node;
this.canvas.style.cursor = node ? "pointer" : "default";
this.draw();
}
this.options.onShow(
node || this.selected,
node && event ? {x: event.clientX, y: event.clientY} : null);
}
draw() {
const context = this.canvas.getContext("2d");
const ratio = devicePixelRatio || 1;
context.setTransform(ratio, 0, 0, ratio, 0, 0);
context.clearRect(0, 0, this.width, this.seen);
context.font = FONT;
context.textBaseline = "middle";
const colours = palette();
const from = this.element.scrollTop;
for (let row = 0; row < this.rows.length; ++row) {
const y = this.top(row) - from;
if (y <= -ROW || y >= this.seen) continue;
for (const box of this.rows[row]) this.drawBox(context, colours, box, y);
}
}
drawBox(context, colours, box, y) {
const {node, x, width} = box;
const gap = width > 3 ? 1 : 0;
context.globalAlpha = box.outside ? 0.55 : 1;
context.fillStyle = node.frame === REST ? colours.rest :
this.isFound && !this.isFound(node) ? colours.plain :
this.options.colour(node, Boolean(this.isFound));
context.fillRect(x, y, Math.max(width - gap, 0.5), ROW - 1);
context.globalAlpha = 1;
const isSelected =
node === this.selected && document.activeElement === this.canvas;
if (isSelected || node === this.hovered) {
context.lineWidth = isSelected ? 2 : 1;
context.strokeStyle = colours.outline;
const inset = context.lineWidth / 2;
context.strokeRect(x + inset, y + inset, Math.max(width - gap, 1) - 2 * inset,
ROW - 1 - 2 * inset);
}
if (width >= NARROWEST_TEXT) this.drawText(context, colours, box, y);
}
drawText(context, colours, {node, x, width}, y) {
const room = width - 9;
const middle = y + ROW / 2;
context.fillStyle =
this.isFound && !this.isFound(node) ? colours.faint : colours.text;
let title = this.options.title(node);
let size = this.textWidth(context, title);
if (size > room) {
title = lastName(title);
size = this.textWidth(context, title);
}
if (size > room) {
const letters = Math.floor(title.length * room / size) - 1;
if (letters > 1) context.fillText(title.slice(0, letters) + "…", x + 4, middle);
return;
}
context.fillText(title, x + 4, middle);
const note = this.options.note(node);
const noteSize = this.textWidth(context, note);
if (size + noteSize + 14 > room) return;
context.globalAlpha = 0.72;
context.fillText(note, x + width - noteSize - 6, middle);
context.globalAlpha = 1;
}
textWidth(context, text) {
let width = this.widths.get(text);
if (width === undefined) {
width = context.measureText(text).width;
this.widths.set(text, width);
}
return width;
}
close() {
this.observer.disconnect();
}
}
class Panel {
constructor(report, benchmark, kindIndex, state, actions) {
this.report = report;
this.kind = report.kinds[kindIndex];
this.profile = benchmark.profiles[kindIndex];
this.actions = actions;
this.suffix = report.perOperation(benchmark);
this.divisor = this.profile.divisor || 1;
this.tree = treeOf(this.profile, report.withHarness(state));
this.change = this.profile.old ?
new Change(report, this.kind, this.profile, this.suffix, this.tree) : null;
this.byOldWidth = this.change !== null && state.o === "1";
this.graphs = [];
this.search = null;
this.content = element("div", {class: "content"});
this.matched = element("span", {class: "matched", role: "status"});
this.table = element("div");
this.element = element(
"section", {class: "panel", "aria-label": this.kind.title},
this.change ? this.changeHeading(benchmark) : this.heading(),
this.content, this.table);
this.fill(benchmark, state);
}
get flat() {
if (!this.rows) {
const rows = flatOf(this.tree);
this.rows = this.change ? this.change.sorted(rows) : rows;
}
return this.rows;
}
format(value) {
return this.formatBare(value) + this.suffix;
}
formatBare(value) {
return formatValue(value / this.divisor, this.kind.unit);
}
heading() {
const {samples, more_seconds: wait} = this.profile;
const noun = this.kind.noun || "samples";
const few = samples < this.report.minSamples;
if (few) this.isFew = true;
return element(
"header", {},
element("h3", {}, this.kind.title,
this.kind.type && this.kind.type !== this.kind.name ?
element("small", {}, ` ${this.kind.type}`) : null),
element("strong", {class: "whole"}, this.format(this.tree.value)),
samples === undefined ? null : element(
"span", {class: "samples", title: "At 95 %, of a function with half of them"},
`${formatCount(samples)} ${noun}, ${formatError(shareError(0.5, samples))}`),
few ? element("span", {class: "warning"},
wait > 0 ? `Too few samples: run ${formatWait(wait)} longer` :
"Too few samples to rely on") : null,
this.matched);
}
changeHeading(benchmark) {
const {measures} = this.report.comparison;
const row = (benchmark.changes || [])[
measures.findIndex(({name}) => name === this.kind.name)];
const change = row ? readChange(row) : null;
return element(
"header", {}, element("h3", {}, this.kind.title),
change ? [element("strong", {class: "whole"},
changeText(change, this.kind.unit, this.suffix)),
verdictMark(change.verdict, this.report.isTime(this.kind.name))] : null,
this.matched,
this.profile.remark ? element("p", {class: "samples"}, this.profile.remark) : null);
}
fill(benchmark, state) {
if (this.isFew) this.element.classList.add("few");
const views = {callers: () => this.callers(), sandwich: () => this.sandwich(state.f),
lines: () => this.lines()};
if (this.tree.value <= 0 && this.tree.oldValue <= 0) {
this.content.append(element("p", {class: "note"}, "No samples."));
return;
}
(views[state.v] || (() => this.flame(state.z)))();
}
addGraph(label, whole, options = {}) {
const details = options.details || new Details((node) => this.actions.onPick(node.frame));
const show = (node, at) =>
details.show(node, at, this.about(node || graph.zoomed, whole));
const graph = new FlameGraph({
label: `${this.kind.title}, ${label}`,
colour: (node, isFound) => this.colour(node, isFound),
title: (node) => this.title(node),
note: (node) => this.change?.note(node) ||
`${this.format(this.size(node))} · ${formatShare(this.size(node) / whole)}`,
size: (node) => this.size(node),
onShow: show,
onZoom: options.onZoom || (() => {}),
onPick: (node) => {
if (node.frame >= 0) this.actions.onPick(node.frame);
},
upward: options.upward,
withoutRoot: options.withoutRoot,
});
if (!options.details) this.content.append(details.element);
this.content.append(graph.element);
this.graphs.push(graph);
return {graph, details};
}
size(node) {
return this.byOldWidth ? node.oldValue : node.value;
}
title(node) {
if (node.frame === ALL) return "all";
if (node.frame === REST) return `${node.children.length} more`;
return (node.inlined ? "» " : "") + this.report.shortName(node.frame);
}
colour(node, isFound) {
if (isFound) return foundColour();
if (this.change) return this.change.colour(node);
if (node.frame === ALL) return boxColour(this.kind.name, true, 0.5);
return boxColour(this.kind.name, this.report.isLibrary(node.frame),
shadeOf(this.report.shortName(node.frame)));
}
about(node, whole) {
if (!node) return {name: "", values: "", place: ""};
if (this.change) return this.aboutChange(node);
const share = node.value / whole;
const values = [this.format(node.value), formatShare(share)];
if (share < 1 && this.profile.samples > 0) {
values[1] += ` ${formatError(shareError(share, this.profile.samples))}`;
}
if (node.own > 0) values.push(`own ${this.format(node.own)}`);
return {...this.named(node), values: values.join(" · ")};
}
aboutChange(node) {
return {...this.named(node), values: this.change.boxText(node),
change: this.change.functionText(node)};
}
named(node) {
return node.frame < 0 ? {name: this.title(node), place: ""} : {
name: this.report.fullName(node.frame) + (node.inlined ? " (inlined)" : ""),
place: this.report.place(node.frame),
};
}
flame(zoom) {
const {graph} = this.addGraph("flame graph", this.size(this.tree), {
onZoom: (node) => this.actions.onZoom(`${this.kind.name}:${pathOf(node)}`),
});
const [kind, path] = zoom.split(":");
this.start(graph, this.tree, kind === this.kind.name ? path : "");
this.searched = this.tree;
}
callers() {
const root = callersOfAll(this.tree);
const {graph} = this.addGraph("callers, own values first", this.size(this.tree), {
onZoom: (node) => this.actions.onZoom(`${this.kind.name}:${pathOf(node)}`),
});
this.start(graph, root, "");
this.searched = this.tree;
}
start(graph, root, path) {
this.whenShown = () => {
const zoomed = followPath(root, path);
graph.show(root, zoomed);
graph.options.onShow(null, null);
};
}
sandwich(name) {
const row = name ? this.flat.find((r) => this.report.fullName(r.frame) === name) :
this.flat[0];
if (!row) {
this.content.append(element("p", {class: "note"}, `${name} is not in this profile.`));
return;
}
const nodes = outermost(this.tree, row.frame);
const callees = mergedCallees(nodes);
const callers = callersOf(this.tree, nodes);
const upper = this.addGraph(
"callers", this.size(this.tree), {upward: true, withoutRoot: true});
this.content.append(element("p", {class: "pivot"}, "▲ callers · callees ▼"));
const lower = this.addGraph("callees", this.size(this.tree), {details: upper.details});
this.whenShown = () => {
upper.graph.show(callers);
lower.graph.show(callees);
lower.graph.options.onShow(null, null);
};
this.searched = callees;
}
lines() {
this.content.append(sourceLines(
this.report, this.profile, this.tree.value, (value) => this.format(value)));
this.searched = null;
}
shown() {
if (this.whenShown) this.whenShown();
}
setSearch(search) {
this.search = search;
for (const graph of this.graphs) {
graph.mark(search ? (node) => search.matches(node.frame) : null);
}
this.matched.textContent = "";
if (search && this.searched) {
const value = search.valueIn(this.tree, (node) => this.size(node));
this.matched.textContent =
`matched ${formatShare(value / this.size(this.tree))} = ${this.format(value)}`;
}
const rows = this.change ?
this.flat.filter((row) => row.own !== 0 || row.oldOwn !== 0) : this.flat;
this.table.replaceChildren(functionTable(
this.report, this.kind.title, this.columns(), this.change ? -1 : 1,
rows, search, this.actions.onPick));
}
columns() {
return this.change ? this.change.columns() : costColumns(
{format: (value) => this.formatBare(value), suffix: this.suffix,
samples: this.profile.samples}, this.tree.value);
}
redraw() {
for (const graph of this.graphs) graph.draw();
}
zoomOut() {
return this.graphs.some((graph) => graph.zoomOut());
}
close() {
for (const graph of this.graphs) graph.close();
}
}
const RANKS = [0, 3, 2, 1];
function changeOf(benchmark, measure) {
const row = (benchmark.changes || [])[measure];
return row ? readChange(row) : null;
}
function numberColumn(title, value, show) {
return {title, unit: "", isNumber: true, value,
cell: (benchmark) => element("td", {class: "number"}, show(benchmark))};
}
function mainColumns({label, unit}, measure) {
const of = (benchmark) => changeOf(benchmark, measure);
const amount = (key) => (benchmark) => {
const value = of(benchmark)?.[key] ?? null;
return value === null ? "" : formatValue(value, unit);
};
return [
numberColumn(`Old ${label}`, (b) => of(b)?.old, amount("old")),
numberColumn(`New ${label}`, (b) => of(b)?.now, amount("now")),
numberColumn("Change", (b) => of(b)?.change, (b) => {
const change = of(b);
if (!change) return "";
const interval = formatInterval(change);
return [formatChange(change.change),
interval ? element("small", {title: "at 95 %"}, ` ${interval}`) : ""];
}),
];
}
function otherColumn({label, unit}, measure) {
return numberColumn(
label[0].toUpperCase() + label.slice(1),
(benchmark) => changeOf(benchmark, measure)?.change,
(benchmark) => {
const change = changeOf(benchmark, measure);
if (!change) return "";
const by = change.change ?
element("small", {}, ` ${formatChange(change.change)}`) : "";
if (!change.isMarked) return [change.now === null ? "" : formatValue(change.now, unit), by];
return element("span", {class: `verdict v${change.verdict}`},
fromTo(change.old, change.now, unit, ""), by);
});
}
function functionCell(report, benchmark) {
for (const profile of benchmark.profiles || []) {
const row = profile?.functions?.find((each) => readChange(each.slice(1)).isMarked);
if (!row) continue;
return element(
"td", {class: "hottest", title: report.fullName(row[0])},
element("span", {class: "share"}, formatChange(readChange(row.slice(1)).change)),
` ${lastName(report.shortName(row[0]))}`);
}
return element("td", {class: "hottest"});
}
function changeColumns(report) {
const {measures} = report.comparison;
const has = measures.map((_, i) => report.benchmarks.some((b) => changeOf(b, i)));
const main = has.indexOf(true);
const columns = [{
title: "Verdict", unit: "", isNumber: false, value: (b) => RANKS[b.verdict],
cell: (b) => element("td", {}, verdictMark(
b.verdict, report.isTime(measures[(b.changes || []).findIndex((c) => c)]?.name))),
}];
if (main >= 0) {
columns.push(...mainColumns(measures[main], main)
.filter(({value}) => report.benchmarks.some((b) => (value(b) ?? null) !== null)));
}
columns.push({title: "Function", unit: "", isNumber: false, value: null,
cell: (benchmark) => functionCell(report, benchmark)});
measures.forEach((measure, i) => {
if (has[i] && i !== main) columns.push(otherColumn(measure, i));
});
return columns;
}
const VIEWS = [["", "Flame graph"], ["callers", "Callers"], ["sandwich", "Sandwich"],
["lines", "Source lines"]];
class BenchmarkView {
constructor(report, onState) {
this.report = report;
this.onState = onState;
this.panels = [];
this.heading = element("div", {class: "title"});
this.toolbar = this.makeToolbar();
this.grid = element("div", {class: "panels"});
this.below = element("div");
this.legend = element("div");
this.element = element("section", {class: "benchmark", "aria-label": "Profiles"},
this.heading, this.toolbar, this.legend, this.grid, this.below);
}
makeToolbar() {
this.views = VIEWS.map(([view, title]) => toggle(
title, {"data-view": view}, () => this.onState({v: view, z: ""}, true)));
this.kinds = element("div", {class: "choice", role: "group", "aria-label": "Profiles"});
this.harness = toggle(
"Harness", {title: "Show the functions above the benchmark's own"},
() => this.onState(
{h: this.report.withHarness(this.state) ? "0" : "1", z: ""}, false));
this.widths = [["", "Widths of new"], ["1", "Widths of old"]].map(
([old, title]) => toggle(
title, {"data-old": old}, () => this.onState({o: old}, false)));
this.old = element("div", {class: "choice", role: "group", "aria-label": "Widths"},
this.widths);
this.search = element("input", {
type: "search", placeholder: "Search functions ( / )",
"aria-label": "Search functions, as a regular expression",
input: () => this.onState({q: this.search.value}, false),
});
return element(
"div", {class: "toolbar", role: "toolbar", "aria-label": "View"},
element("div", {class: "choice", role: "group", "aria-label": "View"}, this.views),
this.kinds, this.harness, this.old, this.search);
}
show(index, state) {
this.state = state;
const benchmark = this.report.benchmarks[index];
const had = this.kindsOf(benchmark);
const one = had.filter((i) => this.report.kinds[i].name === state.k);
const shown = one.length > 0 ? one : had;
this.setHeading(benchmark);
this.setToolbar(benchmark, had, shown);
for (const panel of this.panels) panel.close();
const actions = {
onPick: (frame) => this.onState(
{v: "sandwich", f: this.report.fullName(frame), z: ""}, true),
onZoom: (path) => this.onState({z: path.endsWith(":") ? "" : path}, false),
};
this.panels = shown.map(
(i) => new Panel(this.report, benchmark, i, state, actions));
this.grid.replaceChildren(...this.panels.map((panel) => panel.element));
this.grid.classList.toggle("one", shown.length === 1);
if (had.length === 0) {
this.grid.append(element("p", {class: "note"}, "No profile."));
}
for (const panel of this.panels) panel.shown();
this.below.replaceChildren(...familyTable(this.report, index, shown[0] ?? 0));
if (this.search.value !== state.q) this.search.value = state.q;
this.applySearch(state.q);
}
kindsOf(benchmark) {
return (benchmark.profiles || []).map((profile, i) => profile ? i : -1)
.filter((i) => i >= 0);
}
setHeading(benchmark) {
const facts = this.report.comparison ? this.changes(benchmark) : this.facts(benchmark);
this.heading.replaceChildren(
this.report.isSuite ? element("h2", {}, benchmark.name) : "",
element("p", {class: "facts"},
facts.map((fact) => element("span", {}, fact))));
}
facts(benchmark) {
const suffix = this.report.perOperation(benchmark);
const facts = [];
const add = (key, unit, name) => {
const value = benchmark.columns?.[key];
if (value === undefined) return;
const spread = benchmark.spread?.[key];
facts.push(`${formatValue(value, unit)} ${name}${suffix}` +
(spread === undefined ? "" : ` ${formatError(spread)}`));
};
add("real", "nanoseconds", "time");
add("cpu", "nanoseconds", "CPU");
add("allocs", "count", "allocations");
add("bytes", "bytes", "allocated");
add("contentions", "count", "contentions");
add("delay", "nanoseconds", "waiting");
if (suffix) facts.push(`${formatCount(benchmark.iterations)} iterations`);
if (benchmark.repetitions > 1) facts.push(`${benchmark.repetitions} repetitions`);
if (benchmark.threads > 1) facts.push(`${benchmark.threads} threads`);
if (benchmark.complete === false) facts.push("did not end");
return facts;
}
changes(benchmark) {
const {measures} = this.report.comparison;
const facts = measures.map(({name, label, unit}, i) => {
const row = (benchmark.changes || [])[i];
const kind = this.report.kinds.findIndex((each) => each.name === name);
if (!row || benchmark.profiles[kind]) return null;
const change = readChange(row);
return [`${label} ${changeText(change, unit, "")} `,
verdictMark(change.verdict, this.report.isTime(name))];
});
return [...facts.filter((fact) => fact), ...benchmark.notes || []];
}
setToolbar(benchmark, had, shown) {
for (const button of this.views) {
press(button, button.dataset.view === this.state.v);
if (button.dataset.view === "lines") button.hidden = this.report.comparison !== null;
}
const isAll = shown.length === had.length;
const kinds = had.map((i) => {
const {name, title} = this.report.kinds[i];
const button = toggle(title, {}, () => this.onState({k: name, z: ""}, true));
press(button, !isAll && shown[0] === i);
return button;
});
const all = toggle("All", {}, () => this.onState({k: "", z: ""}, true));
press(all, isAll);
this.kinds.replaceChildren(all, ...kinds);
this.kinds.hidden = had.length < 2;
const profiles = had.map((i) => benchmark.profiles[i]);
this.harness.hidden = !profiles.some((profile) => profile.above?.length > 0);
press(this.harness, this.report.withHarness(this.state));
this.old.hidden = !this.report.comparison || had.length === 0;
for (const button of this.widths) press(button, button.dataset.old === this.state.o);
this.legend.replaceChildren(...this.old.hidden ? [] : [legend(
this.report.comparison, this.report.isTime(this.report.kinds[shown[0]].name),
this.state.o === "1")]);
}
applySearch(text) {
const search = text ? new Search(this.report, text) : null;
this.search.setAttribute("aria-invalid", String(Boolean(search && search.isPlain)));
for (const panel of this.panels) panel.setSearch(search);
}
redraw() {
for (const panel of this.panels) panel.redraw();
}
zoomOut() {
return this.panels.some((panel) => panel.zoomOut());
}
}
const VALUES = [
{key: "real", title: "Time", unit: "nanoseconds"},
{key: "cpu", title: "CPU", unit: "nanoseconds"},
{key: "allocs", title: "Allocs", unit: "count"},
{key: "bytes", title: "Bytes", unit: "bytes"},
{key: "contentions", title: "Contentions", unit: "count"},
{key: "delay", title: "Waiting", unit: "nanoseconds"},
];
function valueCell(column, benchmark) {
const value = benchmark.columns[column.key];
if (value === undefined) return element("td", {class: "number"}, "");
const spread = (benchmark.spread || {})[column.key];
const isEstimate =
benchmark.estimated && (column.key === "allocs" || column.key === "bytes");
return element(
"td", {class: "number",
title: isEstimate ? "estimated from the heap profile's samples" : null},
(isEstimate ? "≈ " : "") + formatValue(value, column.unit),
spread === undefined ? null :
element("small", {title: "at 95 %, over the repetitions"},
` ${formatError(spread)}`));
}
function firstProfile(benchmark) {
return (benchmark.profiles || []).find((profile) => profile) || null;
}
function samplesCell(benchmark) {
const profile = firstProfile(benchmark);
if (!profile || profile.samples === undefined) {
return element("td", {class: "number"}, "");
}
const error = shareError(0.5, profile.samples);
return element(
"td", {class: "number"}, formatCount(profile.samples),
element("small", {title: "a function with half of the samples, at 95 %"},
` ${formatError(error)}`));
}
function hottestCell(report, benchmark) {
const profile = firstProfile(benchmark);
const best = profile && hottest(profile);
if (!best) return element("td", {class: "hottest"}, "");
return element(
"td", {class: "hottest", title: report.fullName(best.frame)},
element("span", {class: "share"}, formatShare(best.share)),
` ${report.shortName(best.frame)}`);
}
function suiteColumns(report) {
if (report.comparison) return changeColumns(report);
const {benchmarks} = report;
const suffix = benchmarks.some((b) => report.perOperation(b)) ? "/op" : "";
const columns = VALUES
.filter(({key}) => benchmarks.some((b) => b.columns[key] !== undefined))
.map((column) => ({
title: column.title + suffix,
unit: column.unit,
isNumber: true,
value: (benchmark) => benchmark.columns[column.key],
cell: (benchmark) => valueCell(column, benchmark),
}));
if (benchmarks.some(firstProfile)) {
columns.push({
title: "Samples", unit: "", isNumber: true,
value: (benchmark) => (firstProfile(benchmark) || {samples: 0}).samples,
cell: samplesCell,
}, {
title: "Hottest function", unit: "", isNumber: false, value: null,
cell: (benchmark) => hottestCell(report, benchmark),
});
}
return columns;
}
function hasFew(report, benchmark) {
const profile = firstProfile(benchmark);
return profile !== null && profile.samples < report.minSamples;
}
const ROWS_AT_ONCE = 150;
class SuiteTable {
constructor(report, onChoose) {
this.report = report;
this.onChoose = onChoose;
this.columns = suiteColumns(report);
this.sortedBy = -2;  // -2: as it ran; -1: the name; else the column
this.isDescending = false;
this.filter = null;
this.chosen = -1;
this.rows = new Map();  // by benchmark
this.groups = this.group();
this.element = this.build();
this.arrange();
}
group() {
const groups = [];
const familyOf = new Map();
for (const family of this.report.families) {
const group = {family, members: []};
for (const index of family.benchmarks) familyOf.set(index, group);
}
this.report.benchmarks.forEach((benchmark, index) => {
const group = familyOf.get(index) || {family: null, members: []};
if (group.members.length === 0) groups.push(group);
group.members.push(index);
});
return groups;
}
build() {
this.headers = [element("th", {scope: "col"}, sortButton("Benchmark", () => this.sort(-1)))];
this.columns.forEach((column, i) => {
this.headers.push(element(
"th", {scope: "col", class: column.isNumber ? "number" : ""},
column.value ? sortButton(column.title, () => this.sort(i)) : column.title));
});
this.search = element("input", {
type: "search", placeholder: "Benchmarks, as a regular expression",
"aria-label": "Search benchmarks", input: () => this.applyFilter(),
});
this.count = element("span", {class: "count", role: "status"});
this.body = element("tbody", {keydown: (event) => this.onKey(event)});
return element(
"section", {class: "suite", "aria-label": "Benchmarks"},
element("div", {class: "bar"}, element("h2", {}, "Benchmarks"), this.search,
this.count),
element("div", {class: "scroll", tabindex: "0", role: "region",
"aria-label": "Table of benchmarks"},
element("table", {id: "suite"},
element("thead", {}, element("tr", {}, this.headers)),
this.body)));
}
sort(column) {
if (this.sortedBy === column) {
this.isDescending = !this.isDescending;
} else {
this.sortedBy = column;
this.isDescending = column >= 0;
}
this.arrange();
}
applyFilter() {
const text = this.search.value;
try {
this.filter = text ? new RegExp(text, "i") : null;
this.search.removeAttribute("aria-invalid");
} catch (error) {
this.search.setAttribute("aria-invalid", "true");
return;
}
this.arrange();
}
ordered() {
const {benchmarks} = this.report;
const sign = this.isDescending ? -1 : 1;
const key = this.sortedBy === -1 ? (index) => benchmarks[index].name :
(index) => this.columns[this.sortedBy].value(benchmarks[index]) ?? -Infinity;
const compare = (a, b) => {
const x = key(a);
const y = key(b);
return x === y ? a - b : (x < y ? -sign : sign);
};
const groups = this.groups
.map(({family, members}) => ({
family,
members: members.filter(
(i) => !this.filter || this.filter.test(benchmarks[i].name)),
}))
.filter(({members}) => members.length > 0);
if (this.sortedBy === -2) return groups;
for (const group of groups) group.members.sort(compare);
return groups.sort((a, b) => compare(a.members[0], b.members[0]));
}
arrange() {
showSorted(this.headers, this.sortedBy + 1, this.isDescending);
const groups = this.ordered();
this.order = groups.flatMap((group) => group.members);
const rows = [];
for (const group of groups) {
if (group.family) rows.push(() => this.familyRow(group.family));
for (const index of group.members) {
rows.push(() => this.row(index, group.family !== null));
}
}
this.count.textContent = this.filter ?
`${formatCount(this.order.length)} of ${formatCount(this.report.benchmarks.length)}` :
formatCount(this.order.length);
this.body.replaceChildren(...rows.slice(0, ROWS_AT_ONCE).map((make) => make()));
this.later = rows.slice(ROWS_AT_ONCE);
if (this.later.length > 0) this.addLater(this.later);
}
addLater(rows) {
const wait = globalThis.requestIdleCallback || ((done) => setTimeout(done, 1));
wait(() => {
if (rows !== this.later || rows.length === 0) return;  // arranged anew meanwhile
this.add(ROWS_AT_ONCE);
this.addLater(rows);
});
}
add(count) {
this.body.append(...this.later.splice(0, count).map((make) => make()));
}
familyRow(family) {
const members = family.benchmarks.map((i) => this.report.benchmarks[i]);
return element(
"tr", {class: "family"},
element("th", {scope: "rowgroup"}, family.name),
this.columns.map((column) => element(
"td", {class: column.isNumber ? "number" : ""},
column.isNumber && column.unit ?
growthCell(family.arguments, members.map((b) => column.value(b)),
(value) => formatValue(value, column.unit)) :
null)));
}
row(index, isMember) {
let row = this.rows.get(index);
if (row) return row;
const {report} = this;
const benchmark = report.benchmarks[index];
const few = hasFew(report, benchmark);
row = element(
"tr", {
class: [isMember ? "member" : "", few ? "few" : ""].join(" ").trim(),
title: few ? "too few samples to rely on" : null,
click: () => this.onChoose(index),
},
element("th", {scope: "row"},
element("button", {type: "button", class: "name", tabindex: "-1"},
benchmark.name),
benchmark.complete === false ?
element("small", {}, " did not end") : null),
this.columns.map((column) => column.cell(benchmark)));
this.rows.set(index, row);
if (index === this.chosen) this.mark(row, true);
return row;
}
mark(row, isChosen) {
if (!row) return;
const button = row.querySelector("button");
row.classList.toggle("chosen", isChosen);
button.tabIndex = isChosen ? 0 : -1;
if (isChosen) button.setAttribute("aria-current", "true");
else button.removeAttribute("aria-current");
}
choose(index) {
this.mark(this.rows.get(this.chosen), false);
this.chosen = index;
this.mark(this.rows.get(index), true);
}
next(step) {
const place = this.order.indexOf(this.chosen) + step;
return this.order[Math.min(Math.max(place, 0), this.order.length - 1)] ??
this.chosen;
}
onKey(event) {
const steps = {ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity};
const step = steps[event.key];
if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
event.preventDefault();
const next = this.next(step);
if (!this.rows.get(next)?.isConnected) this.add(Infinity);
this.onChoose(next);
this.rows.get(next)?.querySelector("button").focus();
}
}
class Page {
constructor(report, place) {
this.report = report;
this.state = readLocation();
this.view = new BenchmarkView(report, (change, isStep) => this.change(change, isStep));
this.suite = report.isSuite ?
new SuiteTable(report, (index) => this.choose(index)) : null;
place.replaceChildren(...this.head(), ...(this.suite ? [this.suite.element] : []),
this.view.element);
addEventListener("hashchange", () => this.follow());
addEventListener("popstate", () => this.follow());
document.addEventListener("keydown", (event) => this.onKey(event));
onThemeChange(() => this.show());
this.show();
}
head() {
const {data, title} = this.report;
const rows = (data.context || []).map(([name, value]) => element(
"tr", {}, element("th", {scope: "row"}, name), element("td", {}, String(value))));
const when = data.generated ?
new Date(data.generated * 1000).toISOString().slice(0, 16).replace("T", " ") + " UTC" : "";
return [element(
"header", {class: "page"},
element("h1", {}, title), element("span", {class: "when"}, when),
rows.length === 0 ? null :
element("details", {class: "context"}, element("summary", {}, "About this run"),
element("table", {}, element("tbody", {}, rows)))),
this.warnings()];
}
warnings() {
const lines = this.report.comparison?.warnings || [];
return lines.length === 0 ? "" :
element("ul", {class: "warnings", "aria-label": "Warnings"},
lines.map((line) => element("li", {}, line)));
}
get index() {
return this.report.indices.get(this.state.b) ?? 0;
}
show() {
if (this.report.benchmarks.length === 0) return;
if (this.suite) this.suite.choose(this.index);
this.view.show(this.index, this.state);
}
choose(index) {
if (index !== this.index) this.change({b: this.report.keys[index], z: ""}, true);
}
change(change, isStep) {
Object.assign(this.state, change);
writeLocation(this.state, isStep);
const names = Object.keys(change);
if (names.length === 1 && names[0] === "z") return;
if (names.length === 1 && names[0] === "q") {
this.view.applySearch(this.state.q);
return;
}
this.show();
}
follow() {
const state = readLocation();
if (JSON.stringify(state) === JSON.stringify(this.state)) return;
this.state = state;
this.show();
}
onKey(event) {
const isText = event.target instanceof HTMLInputElement;
if (event.key === "/" && !isText) {
event.preventDefault();
this.view.search.focus();
this.view.search.select();
} else if (event.key === "Escape" && event.target === this.view.search) {
this.view.search.value = "";
this.change({q: ""}, false);
this.view.search.blur();
} else if ((event.key === "Escape" || event.key === "Backspace") && !isText) {
if (this.view.zoomOut()) event.preventDefault();
}
}
}
async function start() {
const place = document.getElementById("report");
const say = (text) => place.prepend(element("p", {class: "note", role: "note"}, text));
if (!canReadData()) {
say("This browser is too old to draw flame graphs: it has no DecompressionStream.");
return;
}
performance.mark("report-start");
let report;
try {
report = new Report(await readData());
} catch (error) {
say(`The data of this page cannot be read: ${error.message}`);
return;
}
performance.mark("report-read");
new Page(report, place);
performance.mark("report-drawn");
}
requestAnimationFrame(() => setTimeout(start, 0));
})();
