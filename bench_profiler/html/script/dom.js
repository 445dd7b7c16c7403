/**
 * @fileoverview Makes elements. Texts become text nodes, never markup: a
 * benchmark may be called "<script>".
 *
 *     element("td", {class: "number", title: "per operation"}, "3.856 ms");
 */

const SVG = "http://www.w3.org/2000/svg";

/** @param {Element} made */
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

/**
 * @param {string} name
 * @param {!Object} attributes A function is what hears the event of that name;
 *     undefined, null and false leave an attribute out.
 * @param {...(string|Node|Array|null)} children
 * @return {!HTMLElement}
 */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for drawings. */
export function svgElement(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/**
 * A button that stays pressed. `set(true)` presses it.
 * @return {!HTMLButtonElement}
 */
export function toggle(text, attributes, onClick) {
  return element(
      "button", {type: "button", "aria-pressed": "false", ...attributes,
                 click: onClick}, text);
}

/** @param {!HTMLElement} button */
export function press(button, pressed) {
  button.setAttribute("aria-pressed", String(pressed));
}
