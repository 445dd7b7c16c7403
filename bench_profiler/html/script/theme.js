/**
 * @fileoverview Colours of boxes, light and dark. The user's own functions have
 * the colour of the kind of profile; libraries the same, but pale, so that one sees
 * at a glance where one's own code is.
 */

const dark = matchMedia("(prefers-color-scheme: dark)");
const paper = matchMedia("print");

// Hues of kinds of profiles, far apart, and how strong they are: green and violet
// look stronger than orange does.
const HUES = {
  cpu: [30, 78], heap: [152, 44], allocs: [84, 42], block: [262, 58],
  mutex: [325, 50], wall: [205, 56],
};

export function isDark() {
  return dark.matches && !paper.matches;
}

/** Calls `redraw` whenever colours have changed. */
export function onThemeChange(redraw) {
  dark.addEventListener("change", redraw);
  paper.addEventListener("change", redraw);
}

/** A number from 0 to 1 that belongs to a name: neighbours differ a little. */
export function shadeOf(name) {
  let hash = 2166136261;
  for (let i = 0; i < name.length; ++i) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
  }
  return ((hash >>> 8) & 1023) / 1023;
}

/** What all pictures have in common. */
export function palette() {
  return isDark() ?
      {text: "#f2efe9", faint: "#aaa6b0", plain: "#3a3942", rest: "#2c2b33",
       outline: "#ffffff", line: "#17161b"} :
      {text: "#201c16", faint: "#6a655e", plain: "#e4e1dc", rest: "#efedea",
       outline: "#1b1a22", line: "#ffffff"};
}

/**
 * The colour of a function's box.
 * @param {string} kind "cpu", "heap", ...
 * @param {number} shade 0 to 1
 */
export function boxColour(kind, isLibrary, shade) {
  const [middle, strength] = HUES[kind] ?? HUES.cpu;
  const hue = middle + (shade - 0.5) * 22;
  if (isDark()) {
    return isLibrary ? `hsl(${hue} 14% ${27 + shade * 5}%)` :
                       `hsl(${hue} ${strength * 0.6}% ${33 + shade * 7}%)`;
  }
  return isLibrary ? `hsl(${hue} ${strength * 0.35}% ${86 + shade * 4}%)` :
                     `hsl(${hue} ${strength}% ${70 + shade * 7}%)`;
}

/** What a search has found. */
export function foundColour() {
  return isDark() ? "#8d3fb8" : "#d9a3f5";
}

/**
 * Slower is red, faster is blue, as strong as the change; colours that people with
 * any colour vision tell apart.
 * @param {number} change of the function's share: -1 to 1
 */
export function changeColour(change) {
  const strength = Math.min(1, Math.sqrt(Math.abs(change) * 4));
  const hue = change > 0 ? 8 : 216;
  return isDark() ? `hsl(${hue} ${20 + 55 * strength}% ${28 + 16 * strength}%)` :
                    `hsl(${hue} ${40 + 45 * strength}% ${90 - 26 * strength}%)`;
}
