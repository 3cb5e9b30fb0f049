import { GRAPH } from './html-graph.ts';

/**
 * The script of the section on paths: choose where paths begin, end and go through, try edits out, see what is left. It
 * moves, hides and copies elements of the page and builds no markup.
 */
export const PATHS_SCRIPT = `(function () {
  'use strict';
  var find = function (id) { return document.getElementById(id); };
  var all = function (selector, under) { return Array.prototype.slice.call((under || document).querySelectorAll(selector)); };
  var list = find('path-rows');
  if (!list) return;
  var numbers = function (text) { return text === '' ? [] : text.split(' ').map(Number); };

  var rest = find('more-paths');
  if (rest) {
    all('.path', rest).forEach(function (path) { list.appendChild(path.parentNode); });
    rest.remove();
  }
  var paths = all('.path', list).map(function (element) {
    var data = element.dataset;
    return {
      element: element, row: element.parentNode, who: data.w, what: data.t, nodes: numbers(data.n), edges: numbers(data.e),
      closers: numbers(data.c), severity: ['info', 'warn', 'critical'].findIndex(function (s) { return element.classList.contains(s); }),
      unsure: !!element.querySelector('summary > .unknown'), closed: false, filled: false
    };
  });
  var who = find('who'), what = find('what'), through = find('through');
  var ticks = all('.edit input');
  var graph = find('graph');
  var step = ${GRAPH.pitch}, first = ${GRAPH.top}, most = ${GRAPH.most}, wide = ${GRAPH.width}, half = ${GRAPH.height / 2};
  var lines = all('.line', graph).map(function (element) {
    var data = element.dataset;
    return { element: element, edge: +data.i, from: +data.f, to: +data.t };
  });
  var mores = all('.more', graph);
  var columns = mores.map(function () { return []; });
  var places = [];
  all('.node', graph).forEach(function (element) {
    var x = +element.getAttribute('transform').match(/-?[\\d.]+/)[0];
    var node = { element: element, index: +element.dataset.i, x: x, y: 0, on: false, paths: 0 };
    places[node.index] = node;
    columns[+element.dataset.c].push(node);
  });
  var limit = 20;
  var matching = paths;

  function choose() {
    var node = through.value === '' ? -1 : +through.value;
    matching = paths.filter(function (p) {
      return (who.value === '' || p.who === who.value) && (what.value === '' || p.what === what.value) &&
        (node < 0 || p.nodes.indexOf(node) >= 0);
    });
    limit = 20;
    draw(who.value + what.value + through.value !== '');
    page();
    judge();
  }

  function page() {
    var wanted = new Set(matching.slice(0, limit));
    paths.forEach(function (p) {
      var on = wanted.has(p);
      if (p.row.hidden === on) p.row.hidden = !on;
    });
    var more = find('show-more'), left = matching.length - wanted.size;
    more.hidden = left === 0;
    more.textContent = 'Show ' + Math.min(left, 100) + ' more of ' + left;
  }

  function draw(some) {
    places.forEach(function (n) { n.paths = 0; n.on = false; });
    matching.forEach(function (p) { p.nodes.forEach(function (i) { if (places[i]) places[i].paths++; }); });
    var shown = columns.map(function (column) {
      var wanted = some ? column.filter(function (n) { return n.paths > 0; }) : column;
      var kept = wanted.length <= most ? wanted :
        wanted.slice().sort(function (a, b) { return b.paths - a.paths; }).slice(0, most - 1);
      kept.forEach(function (n) { n.on = true; });
      return { rest: wanted.length - kept.length, rows: kept.length + (wanted.length > kept.length ? 1 : 0) };
    });
    var rows = Math.max.apply(null, [1].concat(shown.map(function (s) { return s.rows; })));
    columns.forEach(function (column, c) {
      var y = first + (rows - shown[c].rows) * step / 2;
      column.forEach(function (n) {
        n.element.classList.toggle('off', !n.on);
        if (!n.on) return;
        n.y = y;
        n.element.setAttribute('transform', 'translate(' + n.x + ' ' + y + ')');
        y += step;
      });
      mores[c].classList.toggle('off', shown[c].rest === 0);
      mores[c].textContent = 'and ' + shown[c].rest + ' more';
      mores[c].setAttribute('y', y + 22);
    });
    lines.forEach(function (l) {
      var a = places[l.from], b = places[l.to];
      l.on = a.on && b.on;
      if (!l.on) return;
      var from = a.x + wide, y1 = a.y + half, y2 = b.y + half, bend = Math.min((b.x - from) / 2, 90);
      l.element.setAttribute('d', b.x <= a.x
        ? 'M' + from + ' ' + y1 + 'C' + (from + 34) + ' ' + y1 + ' ' + (b.x + wide + 34) + ' ' + y2 + ' ' + (b.x + wide) + ' ' + y2
        : 'M' + from + ' ' + y1 + 'C' + (from + bend) + ' ' + y1 + ' ' + (b.x - bend) + ' ' + y2 + ' ' + b.x + ' ' + y2);
    });
    var height = first + rows * step, box = graph.getAttribute('viewBox').split(' ');
    graph.setAttribute('viewBox', box.slice(0, 3).join(' ') + ' ' + height);
    graph.setAttribute('height', height);
  }

  function judge() {
    var ticked = new Set(ticks.filter(function (t) { return t.checked; }).map(function (t) { return +t.value; }));
    paths.forEach(function (p) {
      var closed = p.closers.some(function (c) { return ticked.has(c); });
      if (closed === p.closed) return;
      p.closed = closed;
      p.element.classList.toggle('shut', closed);
      if (!p.sign) {
        p.sign = make('span', p.element.firstChild, 'state holds', 'closed');
        p.element.firstChild.insertBefore(p.sign, p.element.querySelector('.where'));
      }
      p.sign.hidden = !closed;
    });
    var alive = matching.filter(function (p) { return !p.closed; });
    colour(alive);
    var critical = function (set) { return set.filter(function (p) { return p.severity === 2; }).length; };
    find('left').textContent = alive.length + ' of ' + matching.length + (matching.length === 1 ? ' path' : ' paths') + ' open, ' +
      critical(alive) + ' of ' + critical(matching) + ' critical' + (ticked.size > 0 ? ' (with ' + ticked.size + (ticked.size === 1 ? ' edit' : ' edits') + ' applied)' : '');
    commands(ticked);
  }

  function colour(alive) {
    var worst = new Map(), sure = new Set(), lit = null;
    if (alive.some(function (p) { return p.element.open && !p.row.hidden; })) lit = new Set();
    alive.forEach(function (p) {
      p.edges.forEach(function (e) {
        worst.set(e, Math.max(p.severity, worst.has(e) ? worst.get(e) : 0));
        if (lit && p.element.open && !p.row.hidden) lit.add(e);
      });
    });
    var live = new Set();
    alive.forEach(function (p) { p.nodes.forEach(function (n) { live.add(n); }); });
    lines.forEach(function (l) {
      var level = worst.get(l.edge), list = l.element.classList;
      ['info', 'warn', 'critical'].forEach(function (name, i) { list.toggle(name, level === i); });
      list.toggle('idle', level === undefined);
      list.toggle('faint', !!lit && !lit.has(l.edge));
      list.toggle('off', !l.on);
    });
    places.forEach(function (n) { n.element.classList.toggle('idle', !live.has(n.index)); });
  }

  function commands(ticked) {
    var seen = new Set(), unsafe = false;
    ticks.forEach(function (t) {
      if (!t.checked) return;
      all('.commands li', t.closest('.edit')).forEach(function (row) {
        if (row.querySelector('.copy')) seen.add(row.querySelector('code').textContent);
        else unsafe = true;
      });
    });
    find('todo').textContent = Array.from(seen).join('\\n');
    find('chosen').hidden = ticked.size === 0 || (seen.size === 0 && !unsafe);
    find('todo').parentNode.hidden = seen.size === 0;
    find('unsafe').hidden = !unsafe;
  }

  function make(name, parent, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  function fill(p) {
    if (p.filled) return;
    p.filled = true;
    all('.body', p.element).forEach(function (body) { body.remove(); });
    var body = make('div', p.element, 'body'), steps = make('ol', body, 'steps');
    p.edges.forEach(function (e) {
      var row = make('li', steps);
      Array.prototype.forEach.call(find('step-' + e).childNodes, function (child) { row.appendChild(child.cloneNode(true)); });
    });
    var closed = make('p', body, 'dim', p.closers.length > 0 ? 'Closed by: ' : 'No single proposed edit closes it.');
    p.closers.forEach(function (c, i) {
      if (i > 0) closed.appendChild(document.createTextNode('; '));
      make('a', closed, '', find('edit-' + c).querySelector('b').textContent).href = '#edit-' + c;
    });
  }

  // The events of unfolding come too late for paper.
  addEventListener('beforeprint', function () {
    paths.forEach(function (p) { if (!p.row.hidden) fill(p); });
  });
  var due = 0;
  paths.forEach(function (p) {
    p.element.addEventListener('toggle', function () {
      if (p.element.open) fill(p);
      cancelAnimationFrame(due);
      due = requestAnimationFrame(judge);
    });
  });
  [who, what, through].forEach(function (s) { s.addEventListener('change', choose); });
  ticks.forEach(function (t) { t.addEventListener('change', judge); });
  find('cut').addEventListener('click', function () {
    ticks.forEach(function (t) { t.checked = t.hasAttribute('data-cut'); });
    judge();
  });
  find('none').addEventListener('click', function () {
    ticks.forEach(function (t) { t.checked = false; });
    judge();
  });
  find('show-more').addEventListener('click', function () {
    limit += 100;
    page();
  });
  graph.addEventListener('click', function (event) {
    var node = event.target.closest('.node');
    if (!node) return;
    through.value = through.value === node.dataset.i ? '' : node.dataset.i;
    if (through.selectedIndex < 0) through.value = '';
    choose();
  });
  choose();
})();
`;
