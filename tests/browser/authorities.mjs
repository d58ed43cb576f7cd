// SPDX-License-Identifier: MIT
//
// Two journeys through the portal of each authority, at 1280 and at 320 px: an officer's, from the list of what there
// is to decide to the letter, the group and the year; and a headteacher's, from a school's name to an offer, what it
// costs, whom to ring, and the row of the policy that says so.
//
// What must be found is named here as people would name it, by role and by words: a page that lost a school's category
// would otherwise still be a page. Links are followed with the keyboard. With SHOTS=FOLDER in the environment each
// step's picture and each letter's PDF are kept there, to be judged by people.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CALM, folder, launch } from './portal.mjs';
import { check, finish, none } from './report.mjs';

const WIDTHS = [1280, 320];
const SHOTS = process.env.SHOTS;
if (SHOTS) mkdirSync(SHOTS, { recursive: true });

// What each of them looks for. `standing`: what the school's page says first; `rows`: those that decided, with what
// they found; `overlays`: tags beside it; `due`: something of its year. `about`, `follows`: lines of the letter.
const AUTHORITIES = [
  {
    name: 'Hartmere', public: 'public', officers: 'officers',
    officer: {
      caseload: 'Marta Kowalczyk',
      school: 'Lock End Primary School',
      standing: ['School causing concern', 'Yes'], // statuses and who provides what, and no category
      overlays: ['Federation or trust being decided'],
      decision: 'Who provides what',
      rows: [['Loose or No partnership', 'Kind of partnership: No partnership']],
      due: ['Review meeting', /April to 22 July 2026 Now/],
      letter: { about: [['Causes concern', /^Yes/]], why: /Last Ofsted: Requires improvement/, follows: [['Support', /The council/]] },
      ring: ['Marta Kowalczyk', '020 7946 0112'],
      group: { title: 'Monitoring review meeting', stage: 'In place', member: 'Link officer', check: 'Review meetings' },
      totals: { by: 'Phase', row: /^Primary 28\b/ },
      year: { what: 'Review meeting', officer: 'Marta Kowalczyk', due: /Lock End Primary School Review meeting/ },
    },
    head: {
      typed: 'lock end', school: 'Lock End Primary School',
      gets: ['Challenge visits', /2 visits a year/], line: 'Challenge', says: /Loose or No partnership.*The council/,
      offer: 'Reading fluency in twelve weeks', cost: /£1,120 a round/, ring: '020 7946 0130', book: /reading leader’s name/,
      row: /^Phase: infant, junior, primary or all-through$/, target: /Reading fluency in twelve weeks/,
      policy: 'Policy', measures: 'Measures and coverage', chart: /^The first two aims: shares as bars/,
      measure: /^Schools good or outstanding.*29 of 33 schools \(88%\) 90% 100%/,
    },
  },
  {
    name: 'Merton', public: 'examples/merton/public', officers: 'examples/merton/officers',
    officer: {
      caseload: 'Caoimhe Brennan',
      school: 'Willow Bridge School',
      standing: ['Category', 'Red'],
      overlays: ['Support and Challenge Group'],
      decision: 'Category',
      rows: [['G1', 'Recently judged good or outstanding: yes'], ['R5', 'Other serious concerns about outcomes: yes']],
      due: ['Visits by the partner', /13 April to 22 May 2026 Now/],
      letter: { about: [['Category', /^Red/], ['Level', /^v\b/]], why: /Other serious concerns about outcomes/, follows: [['MEP visits', /9 visits a year/]] },
      ring: ['Caoimhe Brennan', '020 7946 0312'],
      group: { title: 'Support and Challenge Group', stage: 'In place', member: 'Headteacher', check: 'Composition and rhythm of a group' },
      totals: { by: 'Category', row: /^Amber 6\b.* 42 to 45 18 2$/ },
      year: { what: 'Visits by the partner', officer: 'Caoimhe Brennan', due: /Willow Bridge School Visits by the partner/ },
    },
    head: {
      typed: 'willow bridge', school: 'Willow Bridge School',
      gets: ['MEP visits', /2 to 9 visits a year/], line: 'Concerns go to', says: /^yes.*The Regional Schools Commissioner/,
      offer: 'Governor Services', cost: /Clerking, six full meetings £2,100 a year/, ring: '020 7946 0333', book: /clerking is agreed by 31 March/,
      row: /^Any$/, target: /Governor Services/,
      policy: 'Strategy', measures: 'How we know whether it works', chart: /^Four measures: shares as bars/,
      measure: /^Good schools.*17 to 18 of 26 schools \(65% to 69%\)/,
    },
  },
  {
    name: 'Milton Keynes', public: 'examples/milton-keynes/public', officers: 'examples/milton-keynes/officers',
    officer: {
      caseload: 'Ruth Akande',
      school: 'Thornmere Academy',
      standing: ['LA category', '1c'],
      overlays: [],
      decision: 'Categorisation chart',
      rows: [['R3', 'Data: Sharp decline']],
      due: ['Improvement board', /Now/],
      letter: { about: [['LA category', /^1c/]], why: /Below all measures: yes/, follows: [['TIB meetings', /3 to 6 meetings a year/]] },
      ring: ['Ruth Akande', '020 7946 0714'],
      group: { title: 'Targeted improvement board', stage: 'In place', member: 'Chair of governors', check: 'Members of a board' },
      totals: { by: 'LA category', row: /^3c 7\b.* 15 to 30 0 to 15$/ },
      year: { what: 'Improvement board', officer: 'Ruth Akande', due: /Thornmere Academy Improvement board/ },
    },
    head: {
      typed: 'tollgate', school: 'Tollgate Primary School',
      gets: ['Below the floor', /^No/], line: 'Who may intervene', says: /^Maintained.*The council/,
      offer: 'A local leader alongside', cost: /paid to the leader’s school/, ring: '020 7946 0700', book: /Ask your improvement partner/,
      row: /^Local leader first: yes$/, target: /A local leader alongside/,
      policy: 'Framework', measures: 'The yearly round', chart: /^Where schools stand: shares as bars/,
      measure: /schools \(\d+%\)/,
    },
  },
  {
    name: 'Havering', public: 'examples/havering/public', officers: 'examples/havering/officers',
    officer: {
      caseload: 'Zoë Halloran',
      school: 'Wharf Road Primary School',
      standing: ['Category', '3C'],
      overlays: ['Causing concern'],
      decision: 'Category',
      rows: [['A3', 'Breakdown of management or governance'], ['I4', 'Direction: Potentially vulnerable']],
      due: ['Formal review meeting', /13 April to 22 May 2026 Now/],
      letter: { about: [['Category', /^3C/]], why: /Formal warning: .*Breakdown of management or governance/, follows: [['Statement of action', /^Yes/]] },
      ring: ['Zoë Halloran', '020 7946 0513'],
      group: { title: 'Monitoring board', stage: 'In place', member: 'Headteacher', check: 'Monitoring boards' },
      totals: { by: 'Category', row: /^3A 4\b.* 12 4 to be agreed/ },
      year: { what: 'Formal review meeting', officer: 'Zoë Halloran', due: /Wharf Road Primary School Formal review meeting/ },
    },
    head: {
      typed: 'wharf road', school: 'Wharf Road Primary School',
      gets: ['Visits', /2 visits a year/], line: 'Who may intervene', says: /every maintained school.*The council/i,
      offer: 'A local leader alongside', cost: /Free to the school/, ring: null, book: /./,
      row: null, target: null,
      policy: 'Strategy', measures: 'How we know whether it works', chart: /^What is counted: shares as bars/,
      measure: /^Schools graded good or better.*10 of 24 schools \(42%\)/,
    },
  },
  {
    name: 'Ealing', public: 'examples/ealing/public', officers: 'examples/ealing/officers',
    officer: {
      caseload: 'Gethin Obuya',
      school: 'Meadowlands School',
      standing: ['Monitoring level', 'AMBER'],
      overlays: [],
      decision: 'Monitoring level',
      rows: [['A2', 'LA judgement: Requires improvement']],
      due: ['Review meeting', /13 April to 22 July 2026 Now/],
      letter: { about: [['Monitoring level', /^AMBER/]], why: /LA judgement: Requires improvement/, follows: [['Review meetings', /^Termly/]] },
      ring: ['Gethin Obuya', '020 7946 0545'],
      group: { title: 'Securing good partnership programme', stage: 'In place', member: 'Headteacher', check: null },
      totals: { by: 'Monitoring level', row: /^RED 3\b.* 18 / },
      year: { what: 'Level revisited', officer: 'Gethin Obuya', due: /Meadowlands School Level revisited/ },
    },
    head: {
      typed: 'beeches', school: 'Beeches School',
      gets: ['Offer table', /Primary and special/], line: 'Link officer paid by', says: /The schools’ forum/,
      offer: 'Professional coaches', cost: /school/i, ring: '020 7946 0515', book: /Ring, and say for whom/,
      row: /^Offer table: Primary and special$/, target: /Professional coaches/,
      policy: 'Framework', measures: 'Where we stood in January 2017', chart: /^Aim 1 in January 2017: shares as bars/,
      measure: /^Primary schools judged good or outstanding.*96% 100% A 66% in 2011/,
    },
  },
];

const browser = await launch();
const words = (locator) => locator.evaluate((e) => e.innerText.replace(/\s+/g, ' ').trim());

// A journey has a tab of its own. `step` says where it was when something was missing, and looks at each page on the way.
function journey(name, tree, width, walk) {
  return check(`${name} at ${width} px`, async () => {
    const context = await browser.newContext({ ...CALM, viewport: { width, height: 900 } });
    context.setDefaultTimeout(5000); // pages come from disk: what is not there by then is missing
    const tab = await context.newPage();
    let step = 0;
    const look = async () => {
      step++;
      if (SHOTS) await tab.screenshot({ path: join(SHOTS, `${name} ${width} ${step}.png`.replaceAll(' ', '-')), fullPage: true });
      assert.equal(await tab.getByRole('heading', { level: 1 }).count(), 1, 'one h1');
      const [wide, room] = await tab.evaluate(() => [document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]);
      assert.ok(wide <= room, `the page is ${wide} px wide in ${room}`);
    };
    const follow = async (link) => {
      await link.focus();
      assert.ok(await link.evaluate((e) => e === document.activeElement && e.tabIndex >= 0), 'the keyboard reaches it');
      const before = tab.url();
      await tab.keyboard.press('Enter');
      await tab.waitForURL((url) => url.href !== before);
      await look();
    };
    const open = async (path) => {
      await tab.goto(`${pathToFileURL(folder(tree)).href}/${path}`);
      await look();
    };
    try {
      await walk({ tab, open, follow });
    } catch (error) {
      error.message = `${decodeURI(tab.url()).replace(/.*\/(public|officers)\//, '')}: ${error.message}`;
      throw error;
    } finally {
      await context.close();
    }
  });
}

const link = (place, name) => place.getByRole('link', { name, exact: typeof name === 'string' }).first();
const menu = (tab, name) => link(tab.getByRole('navigation', { name: 'Main' }), name);
const line = (place, term) => place.locator('dl > div').filter({ has: place.page().locator(`dt:text-is("${term}")`) }).first();

async function says(locator, pattern, what) {
  assert.ok(await locator.count(), `${what} is there`);
  assert.match(await words(locator.first()), pattern, what);
}

// ---- the letter on paper ----

// The number of sheets, from the PDF's own count of its pages.
const sheets = (pdf) => Math.max(...[...pdf.toString('latin1').matchAll(/\/Count (\d+)/g)].map(([, n]) => Number(n)));

async function printed(tab, about, width) {
  const pdf = await tab.pdf({ preferCSSPageSize: true, ...(SHOTS && { path: join(SHOTS, `${about.school} ${width}.pdf`.replaceAll(' ', '-')) }) });
  assert.match(pdf.toString('latin1'), /\/MediaBox \[0 0 59[456](\.\d+)? 84[123](\.\d+)?\]/, 'A4');
  assert.ok(sheets(pdf) >= 1 && sheets(pdf) <= 2, `${sheets(pdf)} sheets`);
  await tab.emulateMedia({ media: 'print' });
  assert.equal(await tab.getByRole('navigation').count(), 0, 'no menu on paper');
  assert.doesNotMatch(await words(tab.locator('body')), /Skip to main content|Officers only\./);
  for (const known of [about.school, ...about.ring]) assert.ok((await words(tab.getByRole('article'))).includes(known), known);
  await tab.emulateMedia({ media: 'screen' });
}

async function letter(tab, about, width) {
  const sheet = tab.getByRole('article');
  assert.match(await words(tab.getByRole('heading', { level: 1 })), new RegExp(`: ${about.school}$`));
  for (const [term, pattern] of [...about.letter.about, ...about.letter.follows]) {
    await says(line(sheet, term).locator('dd'), pattern, `${term}, in the letter`);
  }
  const reasons = (await sheet.getByRole('listitem').allInnerTexts()).filter((text) => / row /.test(text));
  assert.ok(reasons.some((text) => about.letter.why.test(text)), `${about.letter.why} is why`);
  for (const text of await sheet.locator('dd').allInnerTexts()) {
    assert.doesNotMatch(text.trim(), /^(None|No|Not stated|Not determined)$/, 'what a school does not get needs no letter');
  }
  await printed(tab, about, width);
}

// ---- calendar files ----

// What RFC 5545 asks of every calendar and event, and that no line is longer than 75 octets.
function calendar(text) {
  const found = [];
  if (!text.startsWith('BEGIN:VCALENDAR\r\n') || !text.endsWith('END:VCALENDAR\r\n')) found.push('not one calendar');
  if (/[^\r]\n/.test(text)) found.push('a line ends without CR');
  for (const one of text.split('\r\n')) if (Buffer.byteLength(one) > 75) found.push(`too long: ${one}`);
  const whole = text.replace(/\r\n /g, '');
  for (const key of ['VERSION:2.0', 'PRODID:']) if (!whole.includes(`\r\n${key}`)) found.push(`no ${key}`);
  const events = whole.split('BEGIN:VEVENT').slice(1);
  for (const event of events) {
    for (const key of ['UID:', 'DTSTAMP:', 'DTSTART', 'SUMMARY:', 'END:VEVENT']) if (!event.includes(`\r\n${key}`)) found.push(`an event without ${key}`);
  }
  const ids = events.map((event) => /\r\nUID:(.*)/.exec(event)?.[1]);
  if (new Set(ids).size !== ids.length) found.push('two events with one UID');
  if (!events.length) found.push('no event');
  none(found);
}

// ---- the officer ----

async function officer({ tab, open, follow }, about, width) {
  await open('index.html');
  await follow(menu(tab, 'Decisions'));
  await follow(link(tab.getByRole('main'), `Caseload of ${about.caseload}`));

  const listed = tab.getByRole('row').filter({ has: tab.getByRole('rowheader', { name: about.school }) });
  for (const word of [about.standing[1], ...about.overlays, about.group.title]) assert.ok((await words(listed)).includes(word), word);
  await follow(link(listed, about.school));

  const record = tab.getByRole('region', { name: /^Officers’ record/ });
  await says(record, new RegExp(`${about.standing.join(' ')} .*${about.overlays.join(' .*')}.*Letter to the school`), 'what stands');
  const decision = record.getByRole('article', { name: about.decision, exact: true });
  for (const [row, because] of about.rows) {
    const why = decision.getByRole('listitem').filter({ has: tab.getByRole('link', { name: row, exact: true }) });
    assert.ok((await words(why.first())).includes(because), `${row}: ${because}`);
  }
  const due = record.getByRole('table', { name: /^What is due of the school/ }).getByRole('row').filter({ hasText: about.due[0] });
  assert.ok((await due.allInnerTexts()).some((text) => about.due[1].test(text.replace(/\s+/g, ' '))), `${about.due[0]} is due`);

  await follow(link(record, 'Letter to the school'));
  await letter(tab, about, width);
  await tab.goBack();

  await follow(link(record.getByRole('heading', { level: 4, name: about.group.title, exact: true }).first(), about.group.title));
  assert.equal(await words(tab.getByRole('heading', { level: 1 })), about.group.title);
  await says(tab.getByRole('main'), new RegExp(`${about.school} ${about.group.stage} since `), 'its stage');
  const seats = tab.getByRole('region', { name: 'Members' }).getByRole('listitem');
  assert.ok((await seats.allInnerTexts()).some((text) => text.startsWith(about.group.member)), about.group.member);
  assert.ok(await tab.getByRole('region', { name: 'Meetings' }).getByRole('listitem').count(), 'meetings');
  if (about.group.check) assert.ok(await tab.getByRole('article', { name: about.group.check }).count(), about.group.check);

  await follow(menu(tab, 'Decisions'));
  await follow(link(tab.getByRole('main'), 'What schools are due together'));
  const total = tab.getByRole('table', { name: `By ${about.totals.by[0].toLowerCase() === 'l' ? about.totals.by : about.totals.by.toLowerCase()}: schools, and what they are due` });
  const rows = (await total.getByRole('row').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  assert.ok(rows.some((text) => about.totals.row.test(text)), `${about.totals.row} in ${rows.join('; ')}`);

  await follow(menu(tab, 'The year'));
  assert.ok(await tab.getByRole('link', { name: about.year.what }).count(), about.year.what);
  await follow(link(tab.getByRole('navigation', { name: 'Parts of the year' }), new RegExp(`^${about.year.officer} ?, \\d+ schools?$`)));
  const mine = (await tab.getByRole('row').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
  assert.ok(mine.some((text) => about.year.due.test(text)), `${about.year.due}`);
  const file = fileURLToPath(await link(tab.getByRole('main'), /Calendar file/).evaluate((a) => a.href));
  assert.ok(existsSync(file), file);
  calendar(readFileSync(file, 'utf8'));
}

// ---- the headteacher ----

async function head({ tab, open, follow }, about) {
  await open('index.html');
  await tab.getByLabel(/find your school/i).fill(about.typed);
  await tab.keyboard.press('Enter');
  await tab.waitForURL('**/schools/index.html?q=*');
  await follow(link(tab, about.school));

  const gets = tab.getByRole('region', { name: /^What a school like this gets/ });
  const school = tab.url();
  await says(line(gets, about.gets[0]).locator('dd'), about.gets[1], about.gets[0]);
  await follow(line(gets, about.line).getByRole('link'));
  await says(tab.locator('tr:target'), about.says, `the row that says "${about.line}"`);
  await tab.goto(school);

  await follow(link(gets, about.offer));
  assert.equal(await words(tab.getByRole('heading', { level: 1 })), about.offer);
  await says(tab.getByRole('region', { name: 'What it costs' }), about.cost, 'what it costs');
  const ring = tab.getByRole('region', { name: 'Who to ring' });
  assert.ok(await ring.getByRole('link', { name: about.ring ?? /^0\d/ }).count(), 'a number to ring');
  await says(tab.getByRole('region', { name: 'How to ask for it' }), about.book, 'how to ask');
  await says(tab.getByRole('region', { name: 'Who it is for' }), /Level of support/, 'whom it is for');
  if (about.row) {
    await follow(link(tab.getByRole('region', { name: 'Who gets it' }), about.row));
    await says(tab.locator('tr:target'), about.target, 'the row that names it');
  }

  await follow(menu(tab, about.policy));
  await follow(link(tab.getByRole('main'), new RegExp(`${about.measures}$`)));
  assert.ok(await tab.getByRole('img', { name: about.chart }).isVisible(), 'the chart');
  const rows = (await tab.getByRole('row').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  assert.ok(rows.some((text) => about.measure.test(text)), `${about.measure}`);
}

for (const about of AUTHORITIES) {
  for (const width of WIDTHS) {
    await journey(`an officer of ${about.name}`, about.officers, width, (way) => officer(way, about.officer, width));
    await journey(`a head of ${about.name}`, about.public, width, (way) => head(way, about.head));
  }
}
await browser.close();
finish();
