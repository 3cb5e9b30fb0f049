import { OWN_COMMAND } from './exposure-words.ts';
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
      element: element, row: element.parentNode, who: data.w, what: data.t, nodes: numbers(data.n), edges: numbers(data.e), ways: numbers(data.e).concat(data.o ? numbers(data.o) : []),
      alone: numbers(data.c), together: data.s ? data.s.split(',').map(numbers) : [], severity: ['info', 'warn', 'critical'].findIndex(function (s) { return element.classList.contains(s); }),
      closed: false, filled: false
    };
  });
  var who = find('who'), what = find('what'), via = find('through');
  var ticks = all('.edit input');
  var graph = find('graph');
  var pitch = ${GRAPH.pitch}, lane = ${GRAPH.lane}, inLane = ${GRAPH.inLane}, first = ${GRAPH.top}, most = ${GRAPH.most}, forMore = ${GRAPH.more}, wide = ${GRAPH.width}, half = ${GRAPH.height / 2};
  var lines = all('.line', graph).map(function (element) {
    var data = element.dataset;
    return { element: element, edges: numbers(data.e), stops: [+data.f].concat(data.p ? numbers(data.p) : [], +data.t) };
  });
  var mores = all('.more', graph);
  var columns = mores.map(function () { return []; });
  var places = [];
  all('.node, .pass', graph).forEach(function (element) {
    var node = element.classList.contains('node');
    var x = node ? +element.getAttribute('transform').match(/-?[\\d.]+/)[0] : +element.dataset.x;
    var place = { element: element, index: +element.dataset.i, node: node, tall: node ? pitch : lane, x: x, y: 0, on: false, paths: 0 };
    places[place.index] = place;
    columns[+element.dataset.c].push(place);
  });
  var limit = 20;
  var matching = paths;

  function choose() {
    var node = via.value === '' ? -1 : +via.value;
    matching = paths.filter(function (p) {
      return (who.value === '' || p.who === who.value) && (what.value === '' || p.what === what.value) &&
        (node < 0 || p.nodes.indexOf(node) >= 0);
    });
    limit = 20;
    var some = who.value + what.value + via.value !== '';
    draw(some);
    page();
    var useful = new Set();
    matching.forEach(function (p) { p.alone.concat.apply(p.alone, p.together).forEach(function (c) { useful.add(c); }); });
    ticks.forEach(function (t) { t.closest('.edit').hidden = some && !t.checked && !useful.has(+t.value); });
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
    places.forEach(function (p) { p.paths = 0; p.on = false; });
    matching.forEach(function (p) { p.nodes.forEach(function (i) { places[i].paths++; }); });
    var rests = columns.map(function (column) {
      var wanted = column.filter(function (p) { return p.node && (!some || p.paths > 0); });
      var kept = wanted.length <= most ? wanted :
        wanted.slice().sort(function (a, b) { return b.paths - a.paths; }).slice(0, most - 1);
      kept.forEach(function (p) { p.on = true; });
      return wanted.length - kept.length;
    });
    var walked = new Set();
    if (some) matching.forEach(function (p) { p.ways.forEach(function (e) { walked.add(e); }); });
    lines.forEach(function (l) {
      l.on = places[l.stops[0]].on && places[l.stops[l.stops.length - 1]].on &&
        (!some || l.edges.some(function (e) { return walked.has(e); }));
      if (l.on) l.stops.forEach(function (i) { places[i].on = true; });
    });
    var heights = columns.map(function (column, c) {
      return column.reduce(function (sum, p) { return p.on ? sum + p.tall : sum; }, rests[c] > 0 ? forMore : 0);
    });
    var height = Math.max.apply(null, [pitch].concat(heights));
    columns.forEach(function (column, c) {
      var y = first + (height - heights[c]) / 2;
      column.forEach(function (p) {
        if (p.node) p.element.classList.toggle('off', !p.on);
        if (!p.on) return;
        p.y = y;
        if (p.node) p.element.setAttribute('transform', 'translate(' + p.x + ' ' + y + ')');
        y += p.tall;
      });
      mores[c].classList.toggle('off', rests[c] === 0);
      mores[c].textContent = 'and ' + rests[c] + ' more';
      mores[c].setAttribute('y', y + 14);
    });
    lines.forEach(function (l) { if (l.on) l.element.setAttribute('d', through(l.stops)); });
    var box = graph.getAttribute('viewBox').split(' ');
    graph.setAttribute('viewBox', box.slice(0, 3).join(' ') + ' ' + (height + first));
    graph.setAttribute('height', height + first);
  }

  function through(stops) {
    var from = places[stops[0]], end = places[stops[stops.length - 1]], x = from.x + wide, y = from.y + half;
    var d = 'M' + x + ' ' + y;
    if (end.x < x)
      return d + 'C' + (x + 34) + ' ' + y + ' ' + (end.x + wide + 34) + ' ' + (end.y + half) + ' ' + (end.x + wide) + ' ' + (end.y + half);
    stops.slice(1).forEach(function (i) {
      var p = places[i], to = p.y + (p.node ? half : inLane), bend = (p.x - x) / 2;
      d += 'C' + (x + bend) + ' ' + y + ' ' + (p.x - bend) + ' ' + to + ' ' + p.x + ' ' + to;
      x = p.x;
      y = to;
      if (!p.node) d += 'H' + (x += wide);
    });
    return d;
  }

  function judge() {
    var ticked = new Set(ticks.filter(function (t) { return t.checked; }).map(function (t) { return +t.value; }));
    paths.forEach(function (p) {
      var made = function (set) { return set.some(function (c) { return ticked.has(c); }); };
      var closed = made(p.alone) || (p.together.length > 0 && p.together.every(made));
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
      p.ways.forEach(function (e) {
        worst.set(e, Math.max(p.severity, worst.has(e) ? worst.get(e) : 0));
        if (lit && p.element.open && !p.row.hidden) lit.add(e);
      });
    });
    var live = new Set();
    alive.forEach(function (p) { p.nodes.forEach(function (n) { live.add(n); }); });
    lines.forEach(function (l) {
      var list = l.element.classList;
      var level = Math.max.apply(null, l.edges.map(function (e) { return worst.has(e) ? worst.get(e) : -1; }));
      ['info', 'warn', 'critical'].forEach(function (name, i) { list.toggle(name, level === i); });
      list.toggle('idle', level < 0);
      list.toggle('faint', !!lit && !l.edges.some(function (e) { return lit.has(e); }));
      list.toggle('off', !l.on);
    });
    places.forEach(function (p) { if (p.node) p.element.classList.toggle('idle', !live.has(p.index)); });
  }

  var ours = ${JSON.stringify(OWN_COMMAND)};
  function commands(ticked) {
    if (ticks.length === 0) return;
    var seen = new Set(), unsafe = false;
    ticks.forEach(function (t) {
      if (!t.checked) return;
      all('.to-run li', t.closest('.edit')).forEach(function (row) {
        if (row.querySelector('.copy')) seen.add(row.querySelector('code').textContent);
        else unsafe = true;
      });
    });
    var list = Array.from(seen), own = list.filter(function (c) { return c.indexOf(ours) === 0; });
    // As one change, which can be undone as one.
    var one = own.length > 0 ? [ours + own.map(function (c) { return c.slice(ours.length); }).join(',')] : [];
    find('todo').textContent = one.concat(list.filter(function (c) { return own.indexOf(c) < 0; })).join('\\n');
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
    var closed;
    var say = function (text) { closed.appendChild(document.createTextNode(text)); };
    var names = function (set) {
      set.forEach(function (c, i) {
        if (i > 0) say(' or ');
        make('a', closed, '', find('edit-' + c).querySelector('b').textContent).href = '#edit-' + c;
      });
    };
    if (p.alone.length > 0) {
      closed = make('p', body, 'dim', 'Closed by ');
      names(p.alone);
      say('.');
    }
    if (p.together.length > 0) {
      closed = make('p', body, 'dim', 'Closed by these together: ');
      p.together.forEach(function (set, i) {
        if (i > 0) say('; and ');
        names(set);
      });
      say('.');
    }
    if (!closed) make('p', body, 'dim', 'No proposed edit closes it.');
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
  [who, what, via].forEach(function (s) { s.addEventListener('change', choose); });
  ticks.forEach(function (t) { t.addEventListener('change', judge); });
  function tick(which) {
    return function () {
      ticks.forEach(function (t) { t.checked = which(t); });
      judge();
    };
  }
  if (find('cut')) find('cut').addEventListener('click', tick(function (t) { return t.hasAttribute('data-cut'); }));
  if (find('none')) find('none').addEventListener('click', tick(function () { return false; }));
  find('show-more').addEventListener('click', function () {
    limit += 100;
    page();
  });
  document.addEventListener('click', function (event) {
    var link = event.target.closest ? event.target.closest('a[data-to]') : null;
    if (!link) return;
    who.value = via.value = '';
    what.value = link.dataset.to;
    if (what.selectedIndex < 0) what.value = '';
    choose();
  });
  graph.addEventListener('click', function (event) {
    var node = event.target.closest('.node');
    if (!node) return;
    via.value = via.value === node.dataset.i ? '' : node.dataset.i;
    if (via.selectedIndex < 0) via.value = '';
    choose();
  });
  choose();
})();
`;
