/**
 * @fileoverview A flame graph on a canvas: callers above what they call, or, for
 * the upper half of a sandwich, below.
 *
 *     const graph = new FlameGraph({label, colour, title, note, size, onShow, onZoom});
 *     parent.append(graph.element);
 *     graph.show(root);
 *
 * The canvas is as high as the window that it scrolls in and draws only the rows
 * that are seen: browsers draw nothing at all on one of more than 32,767 pixels.
 */
import {REST, boxAt, find, layout} from "./layout.js";
import {handleKeys} from "./graph_keys.js";
import {palette} from "./theme.js";

const ROW = 20;
const FONT = '12px system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';
const NARROWEST_TEXT = 28;

/** Of "std::vector::push_back" the end says most. */
export function lastName(name) {
  return name.replace(/^(» )?(?:[\w$]+::)+/, "$1");
}

export class FlameGraph {
  /**
   * @param {{
   *   label: string,
   *   upward: (boolean|undefined),
   *   withoutRoot: (boolean|undefined),
   *   colour: function(!TreeNode): string,
   *   title: function(!TreeNode): string,
   *   note: function(!TreeNode): string,
   *   size: function(!TreeNode): number,
   *   onShow: function(?TreeNode, ?{x: number, y: number}),
   *   onZoom: function(!TreeNode),
   *   onPick: function(!TreeNode),
   * }} options withoutRoot: another graph shows it; title: what is written in the
   *     box; note: what follows if there is room; onShow: tells of the box that the pointer or the keyboard is at;
   *     onPick: somebody wants the sandwich of a function
   */
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

  /** Shows a tree. @param {!TreeNode=} zoomed a node of it */
  show(root, zoomed = root) {
    this.root = root;
    this.zoomed = zoomed;
    this.selected = this.hovered = null;
    this.arrange();
  }

  /** Takes `node` as the widest. */
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

  /** One zoom back: to the caller. @return {boolean} false if there is none */
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

  /** Marks what `isFound` says; null ends it. */
  mark(isFound) {
    if (this.isFound === isFound) return;
    this.isFound = isFound;
    this.draw();
  }

  /** Lays the boxes out again, after a change of size or of what is shown. */
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

  /** Where a row begins, in pixels from the top of all. */
  top(row) {
    return ROW * (this.options.upward ? this.rows.length - 1 - row : row);
  }

  /** The box at the pointer. */
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
    // A gap tells neighbours apart; a narrow box would vanish in it.
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

  /** Ends its work; the element may be thrown away. */
  close() {
    this.observer.disconnect();
  }
}
