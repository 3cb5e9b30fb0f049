/** The script of the HTML report: filter, search, theme, copy, and everything unfolded on paper. It builds no markup. */
export const HTML_SCRIPT = `(function () {
  'use strict';
  var root = document.documentElement;
  var find = function (id) { return document.getElementById(id); };
  var all = function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); };
  root.classList.remove('no-script');

  var items = all('.finding').map(function (element) {
    return { element: element, severity: element.dataset.severity, area: element.dataset.area, text: '' };
  });
  var boxes = all('.bar input[type=checkbox]');
  var area = find('area');
  var search = find('search');
  var count = find('count');

  function apply() {
    var wanted = boxes.filter(function (b) { return b.checked; }).map(function (b) { return b.value; });
    var words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    var shown = 0;
    items.forEach(function (item) {
      if (words.length > 0 && item.text === '') item.text = item.element.textContent.toLowerCase();
      var fits = wanted.indexOf(item.severity) !== -1 &&
        (area.value === '' || area.value === item.area) &&
        words.every(function (word) { return item.text.indexOf(word) !== -1; });
      if (item.element.hidden === fits) item.element.hidden = !fits;
      if (fits) shown++;
    });
    count.textContent = shown + ' of ' + items.length + ' shown';
  }

  if (search) {
    var due = 0;
    search.addEventListener('input', function () {
      cancelAnimationFrame(due);
      due = requestAnimationFrame(apply);
    });
    area.addEventListener('change', apply);
    boxes.forEach(function (box) { box.addEventListener('change', apply); });
    find('unfold').addEventListener('click', function () {
      var visible = items.filter(function (i) { return !i.element.hidden; });
      var open = visible.some(function (i) { return !i.element.open; });
      visible.forEach(function (i) { i.element.open = open; });
    });
    apply();
  }

  var dark = matchMedia('(prefers-color-scheme: dark)');
  find('theme').addEventListener('click', function () {
    var now = root.dataset.theme || (dark.matches ? 'dark' : 'light');
    root.dataset.theme = now === 'dark' ? 'light' : 'dark';
  });

  function copyText(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    return new Promise(function (done, failed) {
      var area = document.createElement('textarea');
      area.value = text;
      document.body.appendChild(area);
      area.select();
      var ok = document.execCommand('copy');
      area.remove();
      if (ok) done(); else failed();
    });
  }

  document.addEventListener('click', function (event) {
    var button = event.target.closest ? event.target.closest('.copy') : null;
    if (!button) return;
    var say = function (text) {
      button.textContent = text;
      find('said').textContent = text;
      setTimeout(function () { button.textContent = 'Copy'; }, 1500);
    };
    copyText(button.previousElementSibling.textContent).then(
      function () { say('Copied'); },
      function () { say('Not copied'); }
    );
  });

  function reveal() {
    var target = location.hash.length > 1 ? find(location.hash.slice(1)) : null;
    if (!target) return;
    if (target.classList.contains('finding')) {
      target.hidden = false;
      target.open = true;
    }
    target.scrollIntoView();
    // What comes into sight on the way there may be higher than was thought.
    requestAnimationFrame(function () {
      requestAnimationFrame(function () { target.scrollIntoView(); });
    });
  }
  addEventListener('hashchange', reveal);
  reveal();

  var folded = [];
  addEventListener('beforeprint', function () {
    folded = all('details').filter(function (d) { return !d.open && !d.closest('[hidden]'); });
    folded.forEach(function (d) { d.open = true; });
  });
  addEventListener('afterprint', function () {
    folded.forEach(function (d) { d.open = false; });
  });
})();
`;
