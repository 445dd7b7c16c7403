/**
 * @fileoverview The keys of a flame graph: arrows go to the largest callee, the
 * caller and the neighbours; Enter zooms in, Escape and Backspace out.
 */
import {find} from "./layout.js";

/** The next box in the row, that way. */
function neighbour(graph, step) {
  const place = find(graph.rows, graph.selected);
  return place ? graph.rows[place.row][place.index + step]?.node : null;
}

/** The widest box below, of those that are drawn. */
function below(graph) {
  const child = graph.selected.children[0];
  return child && find(graph.rows, child) ? child : null;
}

/** @param {!FlameGraph} graph */
export function handleKeys(graph) {
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
