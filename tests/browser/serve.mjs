// SPDX-License-Identifier: MIT
//
// A writer's afternoon: `signpost serve` beside an editor. The portal at the root is copied, served and edited; the
// browser must follow by itself, stay where the reader was, and say what is wrong. The bar is held to what the portal is
// held to: axe in light, dark and forced colours, nothing that scrolls sideways, the keyboard, and no need of scripts.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { CALM, launch } from './portal.mjs';
import { check, finish, none } from './report.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const portal = mkdtempSync(join(tmpdir(), 'signpost-serve-'));
for (const part of ['portal.yaml', 'content', 'schools', 'tests/policy']) cpSync(join(root, part), join(portal, part), { recursive: true });

const server = spawn(process.env.SIGNPOST || join(root, 'build/signpost'), ['serve', '-C', portal, '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
const origin = await new Promise((ready, fail) => {
  let said = '';
  server.stdout.on('data', (bytes) => {
    const found = /http:\/\/localhost:\d+/.exec(said += bytes);
    if (found) ready(found[0]);
  });
  server.on('exit', () => fail(new Error('the server ended')));
});

const browser = await launch();
const PAGE = 'policy/support.html';
const file = join(portal, 'content/policy/support.md');
const good = readFileSync(file, 'utf8');

// As editors save: a new file takes the place of the old.
function save(text) {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
const broken = good.replace('Kind of partnership: Hard or Structured |', 'Kind of parnership: Hard or Structured |');
assert.notEqual(broken, good);

async function visit(name, path, options, journey) {
  await check(name, async () => {
    const context = await browser.newContext({ ...CALM, viewport: { width: 1280, height: 900 }, ...options });
    const tab = await context.newPage();
    const said = [];
    tab.on('console', (message) => message.type() === 'error' && said.push(message.text()));
    tab.on('pageerror', (error) => said.push(error.message));
    try {
      await tab.goto(`${origin}/${path}`);
      await journey(tab);
      none(said);
    } finally {
      await context.close();
    }
  });
}

const bar = (tab) => tab.getByRole('complementary', { name: 'Preview' });
const panel = (tab) => tab.getByRole('region', { name: /errors? in the portal/ });
const top = (tab) => tab.evaluate(() => Math.round(document.getElementById('overlays').getBoundingClientRect().top));

await visit('a page follows what is saved, and stays where it was', `public/${PAGE}`, {}, async (tab) => {
  await tab.evaluate(() => document.getElementById('overlays').scrollIntoView());
  const before = await top(tab);
  save(good.replace('\n## ', '\nWords that were not there before.\n\n## '));
  await tab.getByText('Words that were not there before.').waitFor({ state: 'attached' });
  await tab.waitForFunction((y) => Math.abs(document.getElementById('overlays').getBoundingClientRect().top - y) < 3, before);
  save(good);
  await tab.getByText('Words that were not there before.').waitFor({ state: 'detached' });
});

await visit('a broken table is said above the last good page, and mended it is as before', `public/${PAGE}`, {}, async (tab) => {
  const title = await tab.locator('h1').innerText();
  await tab.evaluate(() => document.getElementById('overlays').scrollIntoView());
  const before = await top(tab);
  save(broken);
  await panel(tab).waitFor();
  await tab.waitForFunction(() => scrollY === 0 && document.activeElement.id === 'signpost-errors');
  assert.match(await panel(tab).innerText(), /content\/policy\/support\.md, line \d+, column \d+/);
  assert.match(await panel(tab).locator('pre').first().textContent(), /Kind of parnership[^\n]*\n +\^/);
  assert.match(await panel(tab).innerText(), /as it was before/);
  assert.equal(await tab.locator('h1').innerText(), title);
  save(good);
  await panel(tab).waitFor({ state: 'detached' });
  await tab.waitForFunction((y) => Math.abs(document.getElementById('overlays').getBoundingClientRect().top - y) < 3, before);
});

await visit('every browser is told, also one that was not in view', `public/${PAGE}`, {}, async (tab) => {
  const other = await tab.context().newPage();
  await other.goto(`${origin}/officers/`);
  save(broken);
  await panel(other).waitFor();
  await panel(tab).waitFor();
  save(good);
  await panel(other).waitFor({ state: 'detached' });
  await panel(tab).waitFor({ state: 'detached' });
});

await visit('the bar leads to another audience and day', `public/${PAGE}`, {}, async (tab) => {
  await bar(tab).getByRole('link', { name: 'Officers' }).click();
  await tab.waitForURL(`${origin}/officers/${PAGE}`);
  await bar(tab).getByLabel('Another day').fill('2025-09-01');
  await bar(tab).getByRole('button', { name: 'Show' }).click();
  await tab.waitForURL(`${origin}/officers/2025-09-01/${PAGE}`);
  assert.match(await bar(tab).innerText(), /As of 1 September 2025/);
  // What is found on a day that nobody has looked at yet loads the page again, and may take a click with it.
  const own = `${origin}/officers/${PAGE}`;
  for (let tries = 0; tries < 5 && tab.url() !== own; tries++) {
    await bar(tab).getByRole('link', { name: 'The portal’s own day' }).click();
    await tab.waitForURL(own, { timeout: 2000 }).catch(() => {});
  }
  assert.equal(tab.url(), own);
});

await visit('the tables’ figures open in the bar and lead to their rows', `public/${PAGE}`, {}, async (tab) => {
  await bar(tab).getByText('What this page’s tables catch now').click();
  const table = bar(tab).getByRole('table').first();
  await table.waitFor();
  await table.getByRole('link', { name: 'Formal', exact: true }).click();
  await tab.waitForURL(/#attention-formal$/);
  save(good.replace('\n## ', '\nMore words.\n\n## '));
  await tab.getByText('More words.').waitFor({ state: 'attached' });
  await table.waitFor(); // what was open is open again
  save(good);
  await tab.getByText('More words.').waitFor({ state: 'detached' });
});

await visit('without scripts there is the same', `public/${PAGE}`, { javaScriptEnabled: false }, async (tab) => {
  await bar(tab).getByText('What this page’s tables catch now').click();
  await bar(tab).getByRole('link', { name: 'Show the figures' }).click();
  await bar(tab).getByRole('table').first().getByRole('link', { name: 'Formal', exact: true }).click();
  await tab.waitForURL(`${origin}/public/${PAGE}#attention-formal`);
  await bar(tab).getByLabel('Another day').fill('2025-09-01');
  await bar(tab).getByRole('button', { name: 'Show' }).click();
  await tab.waitForURL(/\/public\/2025-09-01\/policy\/support\.html/);
});

await visit('the keyboard comes first to the content, then to the bar', `public/${PAGE}`, {}, async (tab) => {
  const reached = [];
  for (let i = 0; i < 4; i++) {
    await tab.keyboard.press('Tab');
    reached.push(await tab.evaluate(() => document.activeElement.innerText.trim()));
  }
  assert.deepEqual(reached, ['Skip to main content', 'Public', 'Schools', 'Officers']);
});

await visit('nothing of it is printed', `public/${PAGE}`, {}, async (tab) => {
  await tab.emulateMedia({ media: 'print' });
  assert.ok(!await tab.locator('#signpost-preview').isVisible());
});

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SIGHTS = [
  ['light', { colorScheme: 'light', forcedColors: 'none' }],
  ['dark', { colorScheme: 'dark', forcedColors: 'none' }],
  ['forced colours', { colorScheme: 'dark', forcedColors: 'active' }],
];

async function looked(tab, name) {
  await tab.evaluate(() => document.querySelectorAll('#signpost-preview details').forEach((d) => { d.open = true; }));
  await tab.evaluate(axe.source);
  for (const [sight, media] of SIGHTS) {
    for (const width of [1280, 320]) {
      await tab.emulateMedia(media);
      await tab.setViewportSize({ width, height: 900 });
      await check(`${name} is accessible at ${width} px, ${sight}`, async () => {
        const found = await tab.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ['violations'] }), TAGS);
        none(found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`)));
        assert.ok(await tab.evaluate(() => document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth), 'nothing scrolls sideways');
      });
      if (process.env.SHOTS) await tab.screenshot({ path: join(process.env.SHOTS, `${name} ${width} ${sight}.png`.replaceAll(' ', '-')) });
    }
  }
}

await visit('the bar', `public/${PAGE}`, {}, async (tab) => {
  await bar(tab).getByText('What this page’s tables catch now').click();
  await bar(tab).getByRole('table').first().waitFor();
  await looked(tab, 'the bar with figures');
});
await visit('the figures', `-/tables/public/${PAGE}`, {}, async (tab) => looked(tab, 'the page of figures'));
await visit('the panel', `public/${PAGE}`, {}, async (tab) => {
  save(broken);
  await panel(tab).waitFor();
  await looked(tab, 'the panel of errors');
  save(good);
  await panel(tab).waitFor({ state: 'detached' });
});
await check('a page that is not there', async () => {
  const tab = await (await browser.newContext(CALM)).newPage();
  assert.equal((await tab.goto(`${origin}/public/no/such/page.html`)).status(), 404);
  await looked(tab, 'the page not found');
  await tab.context().close();
});

// No theme's style is there to help: what is hidden is hidden by the bar's own, and the text stands below the bar's.
await visit('the server’s own page says nothing that is not so', `-/tables/public/${PAGE}`, {}, async (tab) => {
  assert.ok(!await bar(tab).getByText('Signpost does not answer').isVisible());
  const left = (selector) => tab.evaluate((s) => document.querySelector(s).getBoundingClientRect().left, selector);
  assert.equal(await left('main h1'), await left('#signpost-preview .name'));
});

await browser.close();
server.removeAllListeners('exit');
const ended = new Promise((end) => server.on('exit', (code) => end(code)));
server.kill('SIGTERM');
await check('the server ends when it is asked to', async () => assert.equal(await ended, 0));
rmSync(portal, { recursive: true });
finish();
