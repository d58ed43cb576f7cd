// SPDX-License-Identifier: MIT
//
// What people come for, done as they do it: with a mouse, with a keyboard, without scripts, on paper, from disk and
// from a server with a strict content security policy.

import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { AUDIENCES, CALM, EXAMPLES, POLICY, cover, folder, launch, pages, serve } from './portal.mjs';
import { check, finish, none } from './report.mjs';

const browser = await launch();
const published = pages('public');
const address = (path, audience = 'public') => `${pathToFileURL(folder(audience)).href}/${path}`;
const pathOf = (tab) => decodeURI(tab.url()).slice(address('').length);
const heading = (tab) => tab.locator('h1').innerText();

// A tab of its own for a journey, which ends with it.
async function visit(name, path, options, journey) {
  await check(name, async () => {
    const context = await browser.newContext({ ...CALM, ...options });
    try {
      const tab = await context.newPage();
      await tab.goto(/^\w+:/.test(path) ? path : address(path));
      await journey(tab);
    } finally {
      await context.close();
    }
  });
}

// ---- two clicks from the home page ----

await visit('a stranger finds a school in two clicks', 'index.html', {}, async (tab) => {
  await tab.getByRole('navigation', { name: 'Quick routes' }).getByRole('link', { name: /find a school/i }).click();
  await tab.getByRole('link', { name: 'Old Hartmere Primary School', exact: true }).click();
  assert.equal(await heading(tab), 'Old Hartmere Primary School');
});

await visit('and from it, its partnership, cluster and officer in one', 'schools/old-hartmere.html', {}, async (tab) => {
  const groups = tab.getByRole('region', { name: 'Cluster and partnership' });
  for (const kind of ['partnerships', 'clusters']) assert.ok(await groups.locator(`a[href*="/${kind}/"]`).count(), kind);
  await tab.getByRole('region', { name: 'Who to ring' }).getByRole('link', { name: /^[A-Z]\w+ [A-Z]/ }).first().click();
  assert.match(pathOf(tab), /^people\//);
});

await visit('a stranger finds a partnership and its members in two clicks', 'index.html', {}, async (tab) => {
  await tab.getByRole('navigation', { name: 'Quick routes' }).getByRole('link', { name: /partnerships/i }).click();
  await tab.getByRole('link', { name: 'Old Hartmere Partnership', exact: true }).first().click();
  assert.equal(await heading(tab), 'Old Hartmere Partnership');
  assert.ok(await tab.getByRole('rowheader', { name: 'Old Hartmere Primary School' }).isVisible());
});

await visit('a stranger finds an offer, its price and its contact in two clicks', 'index.html', {}, async (tab) => {
  await tab.getByRole('navigation', { name: 'Quick routes' }).getByRole('link', { name: /support/i }).click();
  await tab.getByRole('link', { name: 'Peer review', exact: true }).first().click();
  assert.equal(await heading(tab), 'Peer review');
  assert.ok(await tab.getByRole('heading', { name: 'What it costs' }).isVisible());
  assert.ok(await tab.getByRole('region', { name: 'Who to ring' }).isVisible());
});

await visit('a stranger sees how far coverage has come in one click, drawn and in a table that say the same', 'index.html', {}, async (tab) => {
  const pupils = await tab.locator('.figures > div', { hasText: 'pupils on roll' }).locator('dd').innerText();
  await tab.getByRole('link', { name: /of schools are in a partnership that counts/ }).click();
  assert.equal(await heading(tab), 'Coverage');
  const [covered, all] = (await tab.locator('.facts strong').innerText()).match(/\d+/g);
  const sums = (name) => tab.getByRole('region', { name }).getByRole('row', { name: /^All schools/ }).getByRole('cell').allInnerTexts();
  assert.deepEqual((await sums(/^Schools by phase/)).slice(0, 2), [covered, all]);
  assert.equal((await sums(/^Pupils by phase/))[1], pupils);
  const chart = tab.getByRole('img', { name: 'Schools covered, as bars' });
  assert.ok((await chart.locator('text.end').allTextContents()).includes(`${covered} of ${all}`));
  assert.equal(await tab.getByRole('heading', { name: /^Why schools/ }).count(), 0);
});

await visit('an officer sees why each other school is not covered', address('coverage.html', 'officers'), {}, async (tab) => {
  const [covered, all] = (await tab.locator('.facts strong').innerText()).match(/\d+/g);
  const why = tab.getByRole('region', { name: /^Why schools are not covered/ });
  const counted = '#why-to-open + ul > li';
  const listed = await why.locator('.rowlist > li').count() - await why.locator(counted).count();
  assert.equal(listed, all - covered);
  await why.getByRole('link', { name: 'Osier and Lock Federation' }).first().click();
  assert.equal(await heading(tab), 'Osier and Lock Federation');
});

await visit('the home page says what the portal is for, and that it is a demonstration', 'index.html', {}, async (tab) => {
  assert.match(await tab.locator('.hero .lead').innerText(), /schools/);
  assert.ok(await tab.getByText('This is a demonstration.').first().isVisible());
});

await check('every page has a title of its own, and a way home', async () => {
  const titles = new Map();
  for (const page of published.filter((one) => one.kind !== 'redirect')) {
    const [, title] = /<title>([^<]*)/.exec(page.text);
    assert.ok(!titles.has(title), `${page.path} and ${titles.get(title)} are both "${title}"`);
    titles.set(title, page.path);
    assert.match(page.text, /<a class="brand" href="[^"]*index\.html"/, page.path);
  }
});

await visit('a former address leads to the school', 'urn/900024.html', {}, async (tab) => {
  await tab.waitForURL('**/schools/old-hartmere.html');
  assert.equal(await heading(tab), 'Old Hartmere Primary School');
});

// ---- the keyboard alone ----

await visit('the first key reaches a visible skip link, and it skips', 'policy/joining.html', {}, async (tab) => {
  await tab.keyboard.press('Tab');
  const skip = tab.locator(':focus');
  assert.equal(await skip.innerText(), 'Skip to main content');
  const box = await skip.boundingBox();
  assert.ok(box.y >= 0 && box.height >= 24, 'the skip link is on the screen');
  await tab.keyboard.press('Enter');
  assert.equal(await tab.evaluate(() => document.activeElement.id), 'main');
  await tab.keyboard.press('Tab');
  assert.ok(await tab.evaluate(() => document.getElementById('main').contains(document.activeElement)));
});

await visit('the main menu is worked by keyboard and says where one is', 'index.html', {}, async (tab) => {
  const link = tab.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Clusters' });
  for (let i = 0; i < 12 && !(await link.evaluate((e) => e === document.activeElement)); i++) await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  await tab.waitForURL('**/clusters/index.html');
  assert.equal(await tab.getByRole('navigation', { name: 'Main' }).locator('[aria-current]').innerText(), 'Clusters');
});

await visit('details open and close by keyboard', 'schools/old-hartmere.html', {}, async (tab) => {
  const details = tab.locator('details').first();
  await details.locator('summary').focus();
  assert.equal(await details.locator('dl').isVisible(), false);
  await tab.keyboard.press('Enter');
  assert.ok(await details.locator('dl').isVisible());
  await tab.keyboard.press('Space');
  assert.equal(await details.locator('dl').isVisible(), false);
});

// Walks through a page with Tab. At each stop: is it on the screen, uncovered, and does it look other than unfocused?
async function walk(tab) {
  const found = [];
  for (let stops = 0; stops < 400; stops++) {
    await tab.keyboard.press('Tab');
    const stop = await tab.evaluate(() => {
      const look = (e) => {
        const s = getComputedStyle(e);
        const outline = s.outlineStyle === 'none' ? '' : `${s.outlineStyle} ${s.outlineWidth} ${s.outlineColor}`;
        return `${outline} ${s.backgroundColor} ${s.boxShadow}`; // an outline that is not drawn has a width too
      };
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const focused = look(e);
      const box = [...e.getClientRects()].find((r) => r.width && r.height) || e.getBoundingClientRect();
      // A point near the start: a scrollable table is taller than the screen.
      const top = document.elementFromPoint(box.x + Math.min(8, box.width / 2), box.y + Math.min(8, box.height / 2));
      const onScreen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const uncovered = box.top < 0 || !top || e.contains(top) || top.contains(e);
      e.blur();
      const changed = focused !== look(e);
      e.focus();
      return { name: e.outerHTML.slice(0, 100), onScreen, uncovered, changed };
    });
    if (!stop) return { stops, found };
    if (!stop.onScreen) found.push(`off the screen: ${stop.name}`);
    if (!stop.uncovered) found.push(`covered: ${stop.name}`);
    if (!stop.changed) found.push(`looks the same with focus: ${stop.name}`);
  }
  return { stops: 400, found: [...found, 'the walk does not end'] };
}

for (const [path, width] of [['index.html', 1280], ['schools/index.html', 1280], ['offers/index.html', 320],
  ['schools/old-hartmere.html', 320], ['policy/joining.html', 1280], ['../examples/merton/public/policy/categories.html', 1280]]) {
  await visit(`focus is seen at every stop of ${path} at ${width} px`, path, { viewport: { width, height: 900 } },
    async (tab) => {
      const { stops, found } = await walk(tab);
      none(found);
      assert.ok(stops > 20, `only ${stops} stops`);
    });
}

// ---- without scripts ----

const BARE = { javaScriptEnabled: false };

await visit('without scripts the directory lists every school and hides the filter', 'schools/index.html', BARE, async (tab) => {
  assert.equal(await tab.locator('form.filter').isVisible(), false);
  const [, count] = /(\d+) schools/.exec(await tab.getByRole('status').innerText());
  assert.equal(await tab.locator('.list.schools > li:visible').count(), Number(count));
});

await visit('without scripts letters and phases narrow the directory', 'schools/index.html', BARE, async (tab) => {
  const letters = tab.getByRole('navigation', { name: 'A to Z' });
  await letters.getByRole('link').last().click();
  assert.match(tab.url(), /#letter-[a-z0-9-]+$|a-to-z\/[a-z0-9-]+\.html$/);
  const facets = tab.getByRole('navigation', { name: 'Narrow the list' });
  await facets.getByRole('link', { name: /^Special/ }).click();
  assert.match(pathOf(tab), /^phases\/special\.html/);
  assert.ok(await tab.locator('.list.schools > li').count());
  for (const phase of await tab.locator('.of-phase dd').allInnerTexts()) assert.equal(phase, 'Special');
});

await visit('without scripts the search of the home page leads to the whole list', 'index.html', BARE, async (tab) => {
  await tab.getByLabel(/find your school/i).fill('old hartmere');
  await tab.keyboard.press('Enter');
  await tab.waitForURL('**/schools/index.html?q=old+hartmere');
  assert.ok(await tab.getByRole('link', { name: 'Old Hartmere Primary School', exact: true }).isVisible());
});

await visit('without scripts offers are found by need', 'offers/index.html', BARE, async (tab) => {
  assert.equal(await tab.locator('form.filter').isVisible(), false);
  const need = tab.getByRole('navigation', { name: 'By need' }).getByRole('link').nth(2);
  const name = (await need.innerText()).split(',')[0];
  await need.click();
  const section = tab.getByRole('region', { name, exact: true });
  const box = await section.boundingBox();
  assert.ok(box.y >= -1 && box.y < 200, `"${name}" has come to the top`);
  await section.getByRole('link').first().click();
  assert.match(pathOf(tab), /^offers\/[a-z0-9-]+\.html$/);
});

await visit('without scripts details open', 'schools/old-hartmere.html', BARE, async (tab) => {
  await tab.locator('summary').first().click();
  assert.ok(await tab.locator('details dl').first().isVisible());
});

// ---- with them ----

const shown = (tab) => tab.locator('.list.schools > li:visible .name a').allInnerTexts();
const status = (tab) => tab.getByRole('status').innerText();

await visit('typing narrows the directory and says how many are left', 'schools/index.html', {}, async (tab) => {
  const all = (await shown(tab)).length;
  const field = tab.getByRole('searchbox');
  await field.fill('temple hill');
  const left = await shown(tab);
  assert.ok(left.length > 0 && left.length < all);
  for (const name of left) assert.match(name, /temple hill/i);
  assert.equal(await status(tab), `Showing ${left.length} of ${all} schools`);
  assert.equal(await tab.getByRole('navigation', { name: 'A to Z' }).count(), 0);
  assert.equal(await tab.locator('[data-group]:visible').count(), 1);
  await field.fill('');
  assert.equal((await shown(tab)).length, all);
  assert.equal(await status(tab), `${all} schools`);
});

await visit('names are found without their accents and apostrophes, by postcode and by URN', 'schools/index.html', {}, async (tab) => {
  const field = tab.getByRole('searchbox');
  for (const [words, name] of [['sacre coeur', /^Sacré-Cœur/], ['bronaghs', /^St Brónagh/], ['ZZ994AF', /^Old Hartmere Primary/],
    ['zz99 4af', /^Old Hartmere Primary/], ['900024', /^Old Hartmere Primary/]]) {
    await field.fill(words);
    assert.match((await shown(tab)).join(', '), name, words);
  }
});

await visit('a search that finds nothing says so and what to do', 'schools/index.html', {}, async (tab) => {
  await tab.getByRole('searchbox').fill('zzzz');
  assert.equal((await shown(tab)).length, 0);
  assert.match(await status(tab), /^No school matches\. Try/);
});

await visit('the lists of phases and clusters narrow together with the words', 'schools/index.html', {}, async (tab) => {
  await tab.getByRole('combobox', { name: 'Phase' }).selectOption({ label: 'Special' });
  const special = (await shown(tab)).length;
  assert.ok(special > 0);
  await tab.getByRole('combobox', { name: 'Cluster' }).selectOption({ index: 1 });
  assert.ok((await shown(tab)).length <= special);
});

await visit('what is typed on the home page filters the directory', 'index.html', {}, async (tab) => {
  await tab.getByLabel(/find your school/i).fill('Hartmere High');
  await tab.getByRole('button', { name: 'Search' }).click();
  await tab.waitForURL('**/schools/index.html?q=Hartmere+High');
  assert.equal(await tab.getByRole('searchbox').inputValue(), 'Hartmere High');
  assert.deepEqual(await shown(tab), ['Hartmere High School']);
});

await visit('words in the address are only ever words', 'schools/index.html?q=%3Cimg+src%3Dx%3E&phase=no-such', {}, async (tab) => {
  assert.equal(await tab.getByRole('searchbox').inputValue(), '<img src=x>');
  assert.equal(await tab.locator('main img').count(), 0);
  assert.equal(await tab.getByRole('combobox', { name: 'Phase' }).inputValue(), '');
});

await visit('offers are filtered too, each counted once', 'offers/index.html', {}, async (tab) => {
  const [, all] = /(\d+) offers/.exec(await status(tab));
  await tab.getByRole('searchbox').fill('writing');
  const [, some, of] = /Showing (\d+) of (\d+)/.exec(await status(tab));
  assert.equal(of, all);
  const links = await tab.locator('.catalogue > li:visible .name a').evaluateAll((e) => e.map((a) => a.href));
  assert.equal(new Set(links).size, Number(some));
});

// ---- tables that run ----

const CHART = address('policy/chart.html', 'examples/milton-keynes/public');
const row = (tab, id) => tab.locator('table.decision tbody tr').filter({ has: tab.getByRole('rowheader', { name: id }) }).first();
const within = (tab, locator) => locator.evaluate((e) => {
  const box = e.getBoundingClientRect();
  return box.top >= -1 && box.top < innerHeight;
});

await visit('a phrase of a row leads to what it means, and that to the tables that read it', CHART, {}, async (tab) => {
  await row(tab, /^R9/).getByRole('link', { name: 'Below all measures' }).click();
  await tab.waitForURL('**/policy/definitions.html#*');
  const meaning = tab.locator(':target');
  assert.match(await meaning.innerText(), /Below all measures/);
  assert.ok(await within(tab, meaning), 'the definition is on the screen');
  await tab.goBack();
  assert.ok(await within(tab, row(tab, /^R9/)), 'the row is on the screen again');
  await tab.goForward();
  await tab.locator(':target').locator('xpath=ancestor-or-self::*[.//dt][1]').getByRole('link', { name: 'Categorisation chart' }).first().click();
  await tab.waitForURL('**/policy/chart.html#*');
  assert.ok(await within(tab, tab.locator(':target')), 'the table is on the screen');
});

await visit('a row\'s address is reached and taken with keys alone', CHART, {}, async (tab) => {
  const link = row(tab, /^R3/).getByRole('link', { name: 'Permanent link to row R3' });
  const shown = () => link.evaluate((e) => getComputedStyle(e).opacity === '1');
  assert.equal(await shown(), false, 'out of the way of readers with a mouse');
  await row(tab, /^R2/).getByRole('link').last().focus();
  await tab.keyboard.press('Tab');
  assert.ok(await link.evaluate((e) => e === document.activeElement), 'the next stop after row R2');
  assert.ok(await shown());
  await tab.keyboard.press('Enter');
  assert.match(tab.url(), /#[a-z0-9-]+$/);
  assert.equal(tab.url().split('#')[1], await row(tab, /^R3/).getAttribute('id'));
  assert.ok(await row(tab, /^R3/).evaluate((e) => e.matches(':target')));
  assert.ok(await within(tab, row(tab, /^R3/)));
});

await visit('and it is there for a finger', CHART, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } },
  async (tab) => {
    const link = row(tab, /^R3/).getByRole('link', { name: 'Permanent link to row R3' });
    assert.equal(await link.evaluate((e) => getComputedStyle(e).opacity), '1');
    await link.tap();
    assert.ok(await row(tab, /^R3/).evaluate((e) => e.matches(':target')));
  });

await visit('what a school like this gets leads to the row that says so', address('schools/dray-lane.html', 'examples/milton-keynes/public'), {},
  async (tab) => {
    const line = tab.getByRole('region', { name: 'What a school like this gets' }).locator('dl > div').filter({ hasText: 'Who may intervene' });
    assert.match(await line.innerText(), /The council/);
    await line.getByRole('link').press('Enter');
    await tab.waitForURL('**/policy/powers.html#*');
    const target = tab.locator('tr:target');
    assert.match(await target.innerText(), /^Maintained/);
    assert.ok(await within(tab, target));
  });

// The links of a page from some words to the end of their nav, as [address, title].
function links(page, words) {
  const at = page.text.indexOf(words);
  const part = at < 0 ? '' : page.text.slice(at, page.text.indexOf('</nav>', at));
  return [...part.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)/g)].map(([, href, title]) => [href, title]);
}

await check('a part of a portal has one name, in the menu and on the way to its pages', async () => {
  for (const example of EXAMPLES) {
    let met = 0;
    for (const page of pages(`${example}/public`).filter((one) => one.kind !== 'not-found')) {
      const menu = new Map(links(page, '<ul class="menu">'));
      for (const [href, title] of links(page, '<nav class="crumbs"').filter(([to]) => menu.has(to))) {
        assert.equal(title, menu.get(href), page.path);
        met++;
      }
    }
    assert.ok(met > 50, example);
  }
});

await check('a portal without partnerships does not speak of schools in none', async () => {
  for (const page of pages('examples/merton/public')) {
    assert.doesNotMatch(page.text, /in no partnership|members of a partnership|<dt>Partnership|unfilled sign/i, page.path);
  }
});

// ---- on paper ----

await visit('on paper there is no navigation, and nothing is closed', 'schools/old-hartmere.html', {}, async (tab) => {
  await tab.emulateMedia({ media: 'print' });
  for (const gone of ['.menu', '.skip', '.crumbs', '.toc', '.foot nav ul']) {
    assert.equal(await tab.locator(gone).first().isVisible(), false, gone);
  }
  for (const details of await tab.locator('details').all()) {
    const height = await details.evaluate((e) => e.getBoundingClientRect().height - e.querySelector('summary').offsetHeight);
    assert.ok(height > 40, `details show ${height} px`);
  }
  assert.match(await tab.locator('.printed').innerText(), /https:\/\/schools\.hartmere\.example\/schools\/old-hartmere\.html/);
});

await visit('a sheet of the officers\' portal says whom it is for', address('schools/old-hartmere.html', 'officers'), {},
  async (tab) => {
    await tab.emulateMedia({ media: 'print' });
    assert.ok(await tab.locator('.strip').isVisible());
    assert.match(await tab.locator('.strip').innerText(), /officers/i);
  });

// ---- what the browser itself has to say ----

// Opens pages and gathers complaints: errors on the console, failed requests, requests to anywhere else, and breaches
// of the content security policy.
async function complaints(urls, home) {
  const found = [];
  const context = await browser.newContext(CALM);
  const tab = await context.newPage();
  let at = '';
  tab.on('console', (m) => m.type() === 'error' && found.push(`${at}: ${m.text()}`));
  tab.on('pageerror', (e) => found.push(`${at}: ${e.message}`));
  // The favicon comes last and is given up when the next page is opened.
  tab.on('requestfailed', (r) => /favicon/.test(r.url()) || found.push(`${at}: ${r.url()}: ${r.failure().errorText}`));
  tab.on('request', (r) => r.url().startsWith(home) || found.push(`${at}: asks ${r.url()}`));
  await tab.addInitScript(() => addEventListener('securitypolicyviolation',
    (e) => console.error(`refused: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`)));
  for (at of urls) {
    await tab.goto(at, { waitUntil: 'load' });
    await tab.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
  }
  await context.close();
  return found;
}

const samples = cover(AUDIENCES.flatMap(pages).filter((page) => page.kind !== 'redirect'));

await check('from disk: no error, and nothing is asked of another host', async () => {
  none(await complaints(samples.filter((page) => page.kind !== 'not-found').map((page) => page.url), 'file://'));
});

for (const audience of AUDIENCES) {
  const server = await serve(audience);
  await check(`the ${audience} tree keeps to the policy "${POLICY}"`, async () => {
    const mine = samples.filter((page) => page.audience === audience);
    none(await complaints(mine.map((page) => `${server.origin}/${page.path}`), server.origin));
  });
  if (audience === 'public') {
    await check('the policy would be noticed if it were broken', async () => {
      const context = await browser.newContext(CALM);
      const tab = await context.newPage();
      await tab.goto(`${server.origin}/index.html`);
      await tab.evaluate(() => document.body.append(Object.assign(document.createElement('style'), { textContent: 'h1{color:red}' })));
      assert.notEqual(await tab.locator('h1').evaluate((e) => getComputedStyle(e).color), 'rgb(255, 0, 0)');
      await context.close();
    });
    await visit('a wrong address deep below is answered by a page that works', `${server.origin}/a/b/c/missing.html`, {},
      async (tab) => {
        assert.equal(await heading(tab), 'Page not found');
        assert.equal(await tab.locator('.brand').evaluate((e) => getComputedStyle(e).display), 'flex', 'the style is there');
        await tab.getByRole('searchbox').fill('beacon');
        await tab.keyboard.press('Enter');
        await tab.waitForURL('**/schools/index.html?q=beacon');
        assert.deepEqual(await shown(tab), ['Beacon Hill School']);
      });
  }
  server.close();
}

await browser.close();
finish();
