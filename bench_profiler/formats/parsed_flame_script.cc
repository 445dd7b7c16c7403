#include "bench_profiler/formats/parsed_flame_script.h"

namespace bench_profiler {

const char kFlameScript[] = R"js(
(function () {
  'use strict';
  var script = document.currentScript;
  var svg = script && script.ownerSVGElement || document.documentElement;
  var pad = +svg.getAttribute('data-pad');
  var room = svg.viewBox.baseVal.width - 2 * pad;
  var details = svg.getElementById('details');
  var unzoom = svg.getElementById('unzoom');
  var search = svg.getElementById('search');
  var matched = svg.getElementById('matched');
  var frames = Array.prototype.map.call(
      svg.getElementById('frames').children, function (group) {
        return {
          group: group,
          title: group.querySelector('title').textContent,
          name: group.getAttribute('data-n'),
          rect: group.querySelector('rect'),
          text: group.querySelector('text'),
          fill: group.querySelector('rect').getAttribute('fill'),
          x: +group.getAttribute('data-x'),
          w: +group.getAttribute('data-w'),
          depth: +group.getAttribute('data-d'),
        };
      });
  var all = frames[0];
  var zoomed = all;
  var pattern = null;
  // Positions are written with four digits.
  var slack = 0.001;

  function frameOf(node) {
    while (node && node.parentNode && node.parentNode.id !== 'frames') {
      node = node.parentNode;
    }
    return frames.find(function (frame) { return frame.group === node; });
  }

  // As many letters as fit; the font's are 7 pixels wide.
  function fit(name, width) {
    var letters = Array.from(name);
    var count = Math.floor((width - 6) / 7);
    if (letters.length <= count) return name;
    return count < 3 ? '' : letters.slice(0, count - 2).join('') + '..';
  }

  function zoom(to) {
    zoomed = to;
    var scale = room / to.w;
    var right = to.x + to.w;
    frames.forEach(function (frame) {
      var around = frame.depth < to.depth && frame.x <= to.x + slack &&
          frame.x + frame.w >= right - slack;
      var inside = frame.depth >= to.depth && frame.x >= to.x - slack &&
          frame.x + frame.w <= right + slack;
      var width = around ? room : frame.w * scale;
      var x = pad + (around ? 0 : (frame.x - to.x) * scale);
      frame.group.style.display =
          (around || inside) && width >= 0.1 ? '' : 'none';
      frame.group.classList.toggle('around', around);
      frame.rect.setAttribute('x', x);
      frame.rect.setAttribute('width', width);
      frame.text.setAttribute('x', x + 3);
      frame.text.textContent = fit(frame.name, width);
    });
    unzoom.classList.toggle('hidden', to === all);
    showMatches();
  }

  // A box on another that matches is counted with it.
  function showMatches() {
    var spans = [];
    frames.forEach(function (frame) {
      var hit = pattern && frame !== all &&
          pattern.test(frame.name.replace(/^» /, ''));
      frame.rect.setAttribute('fill', hit ? 'rgb(230,0,230)' : frame.fill);
      if (hit && frame.x >= zoomed.x - slack &&
          frame.x + frame.w <= zoomed.x + zoomed.w + slack) {
        spans.push(frame);
      }
    });
    spans.sort(function (a, b) { return a.x - b.x || b.w - a.w; });
    var sum = 0;
    var end = -1;
    spans.forEach(function (frame) {
      if (frame.x < end - slack) return;
      sum += frame.w;
      end = frame.x + frame.w;
    });
    matched.textContent = pattern ?
        'Matched: ' + (100 * sum / zoomed.w).toFixed(1) + '%' : '';
    search.textContent = pattern ? 'Reset search' : 'Search';
  }

  function askForPattern() {
    if (pattern) {
      pattern = null;
    } else {
      var text = window.prompt('Regular expression, as in ^std::', '');
      if (!text) return;
      try {
        pattern = new RegExp(text);
      } catch (error) {
        window.alert(error.message);
        return;
      }
    }
    showMatches();
  }

  svg.addEventListener('click', function (event) {
    if (event.target === unzoom) return zoom(all);
    if (event.target === search) return askForPattern();
    var frame = frameOf(event.target);
    if (frame) zoom(frame);
  });
  svg.addEventListener('mouseover', function (event) {
    var frame = frameOf(event.target);
    details.textContent = frame ? frame.title : '';
  });
  window.addEventListener('keydown', function (event) {
    if (event.ctrlKey && event.key === 'f' || event.key === 'F3') {
      event.preventDefault();
      askForPattern();
    } else if (event.key === 'Escape') {
      zoom(all);
    }
  });
})();
)js";

}  // namespace bench_profiler
