/* SPDX-License-Identifier: MIT */
/*
 * serve.js: loads the page again when its portal has changed, and comes back to the place where the reader was.
 *
 * Only a page that is looked at waits for events: browsers allow a server six connections, and six tabs would take them
 * all. One that comes into view asks with the version it has, and is told at once if there is a newer one. When errors
 * come up the page goes to its top, where they are said; when they are mended, back to where it was.
 */
(function () {
  'use strict';
  var seen = document.currentScript.dataset.seen;
  var bar = document.getElementById('signpost-preview');
  var errors = document.getElementById('signpost-errors');
  var key = 'signpost ' + location.pathname;
  var events = null;
  var again = 0;

  /* ---- the place ---- */

  /* Whether it stays in view as the page moves beneath it. */
  function floats(element) {
    for (var e = element; e; e = e.parentElement) {
      if (/^(fixed|sticky)$/.test(getComputedStyle(e).position)) return true;
    }
    return false;
  }

  /* What has an id and is the first in view, and how far below the top: pixels alone would be wrong after an edit. */
  function place() {
    var found = null;
    var marks = document.querySelectorAll('[id]');
    for (var i = 0; i < marks.length && !found; i++) {
      var box = marks[i].getBoundingClientRect();
      if (box.height && box.top >= 0 && !bar.contains(marks[i]) && !floats(marks[i])) found = { id: marks[i].id, top: box.top };
    }
    return { y: scrollY, mark: found };
  }

  function opened() {
    return Array.prototype.map.call(bar.querySelectorAll('details'), function (d) { return d.open && d.className; });
  }

  function keep() {
    var state = { errors: !!errors, open: opened(), place: place() };
    try { sessionStorage.setItem(key, JSON.stringify(state)); } catch (e) { /* then from the top */ }
  }

  function read() {
    try { return JSON.parse(sessionStorage.getItem(key)); } catch (e) { return null; }
  }

  function go(to) {
    var mark = to.mark && document.getElementById(to.mark.id);
    var y = mark ? scrollY + mark.getBoundingClientRect().top - to.mark.top : to.y;
    scrollTo({ top: to.y ? y : 0, behavior: 'instant' });
  }

  function restore() {
    var kept = read();
    try { sessionStorage.removeItem(key); } catch (e) { return; }
    if (!kept) return;
    Array.prototype.forEach.call(bar.querySelectorAll('details'), function (d) {
      if (kept.open.indexOf(d.className) >= 0) d.open = true;
    });
    addEventListener('load', function () { /* and only then, since the browser would still go to where it was */
      setTimeout(function () { history.scrollRestoration = 'auto'; }, 100);
    });
    if (errors && !kept.errors) {
      try { sessionStorage.setItem(key + ' back', JSON.stringify(kept.place)); } catch (e) { /* then not back */ }
      scrollTo({ top: 0, behavior: 'instant' });
      errors.focus({ preventScroll: true });
    } else if (!errors && kept.errors) {
      var back = null;
      try { back = JSON.parse(sessionStorage.getItem(key + ' back')); } catch (e) { /* then where it is */ }
      go(back && !kept.place.y ? back : kept.place);
    } else {
      go(kept.place);
    }
  }

  /* ---- events ---- */

  function stopped(is) { bar.querySelector('.stopped').hidden = !is; }

  function listen() {
    if (events || document.visibilityState === 'hidden') return;
    events = new EventSource('/-/events?seen=' + encodeURIComponent(seen));
    events.onopen = function () { stopped(false); };
    events.addEventListener('reload', function () {
      hush();
      keep();
      history.scrollRestoration = 'manual'; /* before: the browser reads it as the new page comes */
      location.reload();
    });
    events.onerror = function () {
      stopped(true);
      if (events && events.readyState === EventSource.CLOSED) { /* the browser has given up */
        hush();
        clearTimeout(again);
        again = setTimeout(listen, 1000);
      }
    };
  }

  function hush() {
    if (events) events.close();
    events = null;
  }

  /* ---- what the tables catch ---- */

  /* Fetched when somebody looks, since it is another portal's work. Without a script the link leads to the same. */
  function figures(details) {
    var link = details.querySelector('p a');
    if (!link || !details.open) return;
    fetch(link.href).then(function (answer) {
      return answer.ok ? answer.text() : Promise.reject();
    }).then(function (text) {
      var found = new DOMParser().parseFromString(text, 'text/html').getElementById('signpost-tables');
      if (found) link.parentNode.replaceWith(document.adoptNode(found));
    }).catch(function () { /* the link is still there */ });
  }

  Array.prototype.forEach.call(bar.querySelectorAll('details.tables'), function (details) {
    details.addEventListener('toggle', function () { figures(details); });
  });

  document.addEventListener('visibilitychange', function () {
    if (document.visibilityState === 'hidden') hush(); else listen();
  });
  /* Who is on the way to another page is not brought back to this one: the link that was followed would be lost. */
  addEventListener('beforeunload', function () {
    hush();
    clearTimeout(again);
    again = setTimeout(listen, 3000); /* the page stays after all, as when a file is saved from it */
  });
  addEventListener('pagehide', hush);
  addEventListener('pageshow', listen);
  restore();
  listen();
})();
