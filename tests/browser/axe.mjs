// SPDX-License-Identifier: MIT
//
// Accessibility as far as a program can tell: axe-core (WCAG 2.2 A and AA, and best practice) on pages that show
// between them every kind of page and every element of it, at 1280 and 320 px, in light, dark and forced colours. And
// nothing scrolls sideways: those pages at 1280 and 768 px, and every page of every tree at 320 px. Of the examples,
// which have the same theme, a page of each kind in two of these views.

import axe from 'axe-core';
import { AUDIENCES, CALM, cover, each, launch, pages, samples, serve } from './portal.mjs';
import { check, finish, none } from './report.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// In forced colours the browser answers for contrast, and in the dark only colours differ: whatever else axe looks at
// (names, roles, order, sizes) is the same element for element, so those rules run once a width.
const COLOURS = ['color-contrast', 'link-in-text-block'];
const VIEWS = [
  { name: '1280 px, light', width: 1280, media: { colorScheme: 'light', forcedColors: 'none' }, run: TAGS },
  { name: '1280 px, dark', width: 1280, media: { colorScheme: 'dark', forcedColors: 'none' }, run: COLOURS },
  { name: '1280 px, forced colours', width: 1280, media: { colorScheme: 'dark', forcedColors: 'active' }, run: COLOURS },
  { name: '320 px, light', width: 320, media: { colorScheme: 'light', forcedColors: 'none' }, run: TAGS },
  { name: '320 px, dark', width: 320, media: { colorScheme: 'dark', forcedColors: 'none' }, run: COLOURS },
];
const BRIEF = [VIEWS[0], VIEWS[4]]; // the brand and the words are the examples' own

async function violations(tab, run) {
  const result = await tab.evaluate((runOnly) => window.axe.run(document, {
    runOnly, resultTypes: ['violations'], elementRef: false,
  }), run);
  return result.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id} (${rule.impact}): ${node.target.join(' ')}: ${node.failureSummary.replace(/\s*\n\s*/g, ' ')}`));
}

// What sticks out to the right, innermost first, when the page is wider than the window.
function overflow(tab) {
  return tab.evaluate(() => {
    const root = document.scrollingElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const out = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
    return [`the page is ${root.scrollWidth} px wide in ${root.clientWidth}`,
      ...out.reverse().slice(0, 5).map((e) => e.outerHTML.slice(0, 120))];
  });
}

// The hidden half of a page counts too: it is one key away.
function openDetails(tab) {
  return tab.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
}

// Pages come from disk, but for 404.html, whose addresses begin at the root of a server.
const servers = new Map();
for (const audience of AUDIENCES) servers.set(audience, await serve(audience));
const address = (page) => (page.kind === 'not-found' ? `${servers.get(page.audience).origin}/404.html` : page.url);

const browser = await launch();
const all = AUDIENCES.map((audience) => pages(audience).filter((page) => page.kind !== 'redirect'));
const chosen = cover(all.flat());
const others = samples().filter((page) => page.kind !== 'not-found');

const tabs = await Promise.all([0, 1].map(async () => (await browser.newContext(CALM)).newPage()));
await each([...chosen, ...others], async (page, lane) => {
  const tab = tabs[lane];
  const views = others.includes(page) ? BRIEF : VIEWS;
  await tab.goto(address(page));
  await openDetails(tab);
  await tab.evaluate(axe.source);
  for (const view of views) {
    await tab.emulateMedia(view.media);
    await tab.setViewportSize({ width: view.width, height: 900 });
    await check(`${page.audience}/${page.path} is accessible at ${view.name}`, async () => none(await violations(tab, view.run)));
  }
  for (const width of [768, 1280]) {
    await tab.setViewportSize({ width, height: 900 });
    await check(`${page.audience}/${page.path} fits into ${width} px`, async () => none(await overflow(tab)));
  }
});

await Promise.all(tabs.map((tab) => tab.setViewportSize({ width: 320, height: 900 })));
await each([...all.flat(), ...others], async (page, lane) => {
  const tab = tabs[lane];
  await tab.goto(address(page));
  await openDetails(tab);
  await check(`${page.audience}/${page.path} fits into 320 px`, async () => none(await overflow(tab)));
});

await browser.close();
servers.forEach((server) => server.close());
console.log(`axe-core on ${chosen.length} pages in ${VIEWS.length} views, and on ${others.length} of the examples in ${BRIEF.length}`);
finish();
