// SPDX-License-Identifier: MIT
//
// Pictures to be judged by people: a page of each kind that matters, at 1280 px in light and dark and at 320 px, into
// tests/browser/shots; and the picture that the README shows, tests/browser/screenshot.png.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CALM, folder, launch } from './portal.mjs';

const SHOTS = [
  ['home', 'public', 'index.html'],
  ['directory', 'public', 'schools/index.html'],
  ['school', 'public', 'schools/old-hartmere.html'],
  ['partnership', 'public', 'partnerships/old-hartmere.html'],
  ['offer', 'public', 'offers/reading-fluency.html'],
  ['policy', 'public', 'policy/joining.html'],
  ['officers-school', 'officers', 'schools/lock-end.html'],
];
const VIEWS = [[1280, 'light'], [1280, 'dark'], [320, 'light']];

const here = fileURLToPath(new URL('.', import.meta.url));
mkdirSync(join(here, 'shots'), { recursive: true });
const browser = await launch();
const tab = await (await browser.newContext(CALM)).newPage();

async function show(audience, path, width, colorScheme, height = 900) {
  await tab.setViewportSize({ width, height });
  await tab.emulateMedia({ colorScheme });
  await tab.goto(pathToFileURL(join(folder(audience), path)).href);
}

for (const [name, audience, path] of SHOTS) {
  for (const [width, scheme] of VIEWS) {
    await show(audience, path, width, scheme);
    await tab.screenshot({ path: join(here, 'shots', `${name}-${width}-${scheme}.png`), fullPage: true });
  }
}
await show('public', 'index.html', 1280, 'light', 1275);
await tab.screenshot({ path: join(here, 'screenshot.png') });
await browser.close();
console.log(`${SHOTS.length * VIEWS.length} pictures in tests/browser/shots, and tests/browser/screenshot.png`);
