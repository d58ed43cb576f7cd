// SPDX-License-Identifier: MIT
//
// The Nu HTML checker over every page of the public's and the officers' tree, and over a page of each kind of the
// examples, in one run of Java; an error or a warning fails the page it is on. The style sheets and the favicon go
// through it too.
//
// The checker does not know all of CSS: what it says about the newer parts named here is passed over, and nothing else.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { folder, pages, samples } from './portal.mjs';
import { check, finish, none } from './report.mjs';

const JAR = fileURLToPath(new URL('node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url));
const NEWER_CSS = [/at-rule “@container”/, /“container-type”/, /“paint-order”/, /“max-width”: Unknown dimension/];

function assets(audience) {
  const below = join(folder(audience), 'assets');
  return readdirSync(below).filter((name) => /\.(css|svg)$/.test(name)).map((name) => {
    const path = join(below, name);
    return { audience, path: `assets/${name}`, url: pathToFileURL(path).href };
  });
}

function findings(files) {
  const paths = files.map((file) => fileURLToPath(file.url));
  const run = spawnSync('java', ['-jar', JAR, '--stdout', '--format', 'json', '--exit-zero-always', '--also-check-css',
    '--also-check-svg', ...paths], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.error || run.status !== 0) throw run.error || new Error(run.stderr);
  return JSON.parse(run.stdout).messages;
}

const files = [...['public', 'officers'].flatMap((audience) => [...pages(audience), ...assets(audience)]), ...samples()];
const messages = findings(files).filter((one) => !(/\.css$/.test(one.url) && NEWER_CSS.some((p) => p.test(one.message))));
const asUrl = (url) => pathToFileURL(fileURLToPath(url.replace(/^file:\/*/, 'file:///'))).href;
for (const file of files) {
  await check(`${file.audience}/${file.path} is valid`, () => {
    none(messages.filter((one) => one.url && asUrl(one.url) === file.url)
      .map((one) => `${one.lastLine}:${one.lastColumn}: ${one.subType || one.type}: ${one.message}`));
  });
}
await check('the checker says nothing that belongs to no page', () => {
  const known = new Set(files.map((file) => file.url));
  none(messages.filter((one) => !one.url || !known.has(asUrl(one.url))).map((one) => JSON.stringify(one)));
});
finish();
