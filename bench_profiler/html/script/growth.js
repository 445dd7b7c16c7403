/**
 * @fileoverview How a family's cost grows with its argument: the exponent of the
 * power that fits best, and small bars.
 *
 *     exponentOf([8, 64, 512], [10, 80, 640]);  // 1
 */
import {element, svgElement} from "./dom.js";

/**
 * The slope of the line through (ln n, ln value).
 * @return {?number} null if there is nothing to fit
 */
export function exponentOf(args, values) {
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

/** Bars of the logarithms, each step of a power of n as high as the one before. */
export function growthBars(args, values) {
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

/** Both, for a cell of a table. */
export function growthCell(args, values, format) {
  const exponent = exponentOf(args, values);
  if (exponent === null) return null;
  const title = args.map((n, i) => `${n}: ${format(values[i])}`).join("\n");
  const text = Math.abs(exponent) < 0.015 ?
      element("span", {}, "constant") :
      element("span", {}, "~ n", element("sup", {}, exponent.toFixed(2)));
  return element("span", {class: "growth", title}, growthBars(args, values), text);
}
