// SPDX-License-Identifier: MIT
//
// The trees under test and the browser that looks at them.
//
// run.sh builds the portal three times into one folder (public, schools, officers), and each example beside it
// (examples/merton/public, examples/merton/officers ...), and names the folder on the command line.
// Pages are opened from disk, since that is the harder case: no module, no fetch, no root to hang an address on.
// Only what a server alone can show (404.html, a content security policy) is asked of `serve`.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

export const AUDIENCES = ['public', 'schools', 'officers'];
export const EXAMPLES = readdirSync(folder('examples')).sort().map((name) => `examples/${name}`);

export function folder(audience) {
  if (!process.argv[2]) throw new Error('usage: node FILE.mjs FOLDER, where FOLDER holds public, schools and officers');
  return join(process.argv[2], audience);
}

function walk(root, below = root) {
  return readdirSync(below, { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    return entry.isDirectory() ? walk(root, path) : entry.name.endsWith('.html') ? [relative(root, path)] : [];
  });
}

// Every page of a tree, in one order: its path, its address on disk, its text and the template it came from.
export function pages(audience) {
  const root = folder(audience);
  return walk(root).sort().map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const kind = /<body class="kind-([a-z-]+)/.exec(text);
    if (!kind) throw new Error(`${audience}/${path}: its body names no kind of page`);
    return { audience, path: path.split(sep).join('/'), url: pathToFileURL(join(root, path)).href, text, kind: kind[1] };
  });
}

// What sets a page apart: its elements with their classes and roles, the sections of a school or partnership, and a
// school's phase and standing ("Opens in September 2026"). Other words and addresses do not count. Kinds are counted
// for the public alone: what the other audiences' pages have besides is found by their elements.
function features(page) {
  const found = new Set(page.audience === 'public' ? [page.kind] : []);
  for (const [, name, rest] of page.text.matchAll(/<([a-z][a-z0-9]*)([^>]*)>/g)) {
    const kept = name === 'body' ? [] : rest.match(/\b(?:class|role)="[^"]*"/g) || [];
    found.add(`${name} ${kept.join(' ')}`);
  }
  if (page.kind === 'school' || page.kind === 'partnership') {
    for (const [, id] of page.text.matchAll(/<section[^>]*aria-labelledby="([^"]+)"/g)) found.add(`${page.kind} ${id}`);
    for (const [fact] of page.text.matchAll(/<dt>Phase and type<\/dt><dd>[^,<]*|<h2 id="status">[^<]*/g)) found.add(fact);
  }
  return found;
}

// The few pages that show between them everything the given pages show: always the one that adds most. A new phase, a
// new kind of page or a new class in a template is covered without anybody remembering this file.
export function cover(all) {
  const left = all.map((page) => ({ page, features: features(page) }));
  const seen = new Set();
  const chosen = [];
  for (;;) {
    let best = null;
    let most = 0;
    for (const one of left) {
      const adds = [...one.features].filter((f) => !seen.has(f)).length;
      if (adds > most) [best, most] = [one, adds];
    }
    if (!best) return chosen.sort((a, b) => (a.path < b.path ? -1 : 1));
    best.features.forEach((f) => seen.add(f));
    chosen.push(best.page);
  }
}

const main = (page) => ({ ...page, audience: '', text: page.text.slice(page.text.indexOf('<main')) });

// The longest page of each kind, by kind: it shows most.
function longest(audience) {
  const found = new Map();
  for (const page of pages(audience)) {
    const other = found.get(page.kind);
    if (page.kind !== 'redirect' && (!other || other.text.length < page.text.length)) found.set(page.kind, page);
  }
  return found;
}

// Of each example a page of each kind: the public's, and the officers' where it shows something that theirs does not.
export function samples() {
  return EXAMPLES.flatMap((example) => {
    const open = longest(`${example}/public`);
    const own = [...longest(`${example}/officers`).values()].filter((page) => {
      const seen = open.has(page.kind) ? features(main(open.get(page.kind))) : new Set();
      return [...features(main(page))].some((f) => !seen.has(f));
    });
    return [...open.values(), ...own];
  });
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

// Motion is off in every context: a colour read halfway through its transition is nobody's colour.
export const CALM = { reducedMotion: 'reduce', locale: 'en-GB' };

// Runs `work` on every item, two at a time: one page waits for the browser while the other is being read.
export async function each(items, work, lanes = 2) {
  const queue = items.slice();
  await Promise.all(Array.from({ length: lanes }, async (_, lane) => {
    for (let item; (item = queue.shift());) await work(item, lane);
  }));
}

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript',
  '.svg': 'image/svg+xml', '.txt': 'text/plain', '.xml': 'application/xml' };

// Nothing but the portal's own files, and nothing written into the page: what a careful web team would send.
export const POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; " +
  "base-uri 'none'; frame-ancestors 'none'";

// A plain file server on a free port of this machine, with 404.html for what is not there.
export async function serve(audience) {
  const root = folder(audience);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    let file = join(root, path);
    let status = 200;
    try {
      if (statSync(file).isDirectory()) file = join(file, 'index.html');
      statSync(file);
    } catch {
      [file, status] = [join(root, '404.html'), 404];
    }
    response.writeHead(status, { 'Content-Type': TYPES[extname(file)] || 'application/octet-stream',
      'Content-Security-Policy': POLICY });
    response.end(readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
