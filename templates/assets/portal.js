/* SPDX-License-Identifier: MIT */
/*
 * portal.js: filters the directory of schools and the catalogue of offers as one types.
 *
 * Without it both pages are complete: everything is listed, by letter or by need, with links that narrow the list.
 * The form ships hidden and is shown here. An item is an element with data-words; each select is compared with the
 * item's data attribute of the same name, which may hold several ids, or `any`. A classic script, since browsers
 * refuse modules from disk.
 */
(function () {
  'use strict';
  var form = document.querySelector('form.filter');
  if (!form) return;

  var items = Array.prototype.slice.call(document.querySelectorAll('[data-words]'));
  var groups = Array.prototype.slice.call(document.querySelectorAll('[data-group]'));
  var letters = document.querySelector('.letters');
  var count = document.getElementById('count');
  var selects = Array.prototype.slice.call(form.querySelectorAll('select'));
  var words = form.querySelector('input');

  /* One offer may stand under several needs and counts once. */
  function key(item) { return item.dataset.same || item; }
  function noun(n) { return n + ' ' + form.dataset[n === 1 ? 'one' : 'many']; }
  function plain(text) {
    return text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f\u2018\u2019']/g, '')
      .replace(/\u0153/g, 'oe').replace(/\u00e6/g, 'ae').replace(/\u00f8/g, 'o').replace(/\u00df/g, 'ss');
  }
  var total = new Set(items.map(key)).size;
  var texts = items.map(function (item) { return plain(item.dataset.words); });

  function matches(item, text, wanted) {
    return wanted.every(function (word) { return text.indexOf(word) >= 0; }) && selects.every(function (select) {
      var has = (item.dataset[select.name] || '').split(' ');
      return !select.value || has.indexOf(select.value) >= 0 || has.indexOf('any') >= 0;
    });
  }

  function run() {
    var wanted = plain(words.value).split(/\s+/).filter(Boolean);
    var shown = new Set();
    items.forEach(function (item, i) {
      item.hidden = !matches(item, texts[i], wanted);
      if (!item.hidden) shown.add(key(item));
    });
    groups.forEach(function (group) { group.hidden = !group.querySelector('[data-words]:not([hidden])'); });
    var all = shown.size === total;
    if (letters) letters.hidden = !all;
    count.textContent = all ? noun(total) :
      shown.size ? 'Showing ' + shown.size + ' of ' + noun(total) :
      'No ' + form.dataset.one + ' matches. Try fewer letters, or choose any.';
  }

  /* What the search on the home page asked for; `q` from the address is only ever put into the field. */
  var asked = new URLSearchParams(location.search);
  [words].concat(selects).forEach(function (field) {
    if (asked.has(field.name)) field.value = asked.get(field.name);
    if (field.selectedIndex === -1) field.selectedIndex = 0; /* an id that is not among the options */
  });

  form.addEventListener('input', run);
  form.addEventListener('submit', function (event) { event.preventDefault(); run(); });
  form.hidden = false;
  run();
})();
