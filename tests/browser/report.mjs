// SPDX-License-Identifier: MIT
//
// Counts what passed and prints what failed. No test framework: a check is a name and a function that throws, and a
// failure must read well in the log of a machine, where nobody can open the page.

let passed = 0;
let failed = 0;

export async function check(name, body) {
  try {
    await body();
    passed++;
  } catch (error) {
    failed++;
    const why = error.name === 'AssertionError' || error.name === 'Finding' ? error.message : error.stack;
    console.log(`FAILED ${name}\n  ${why.trim().replace(/\n/g, '\n  ')}`);
  }
}

// A failure whose message is the whole story: a list of what was found, without a stack.
export class Finding extends Error {
  name = 'Finding';
}

export function none(findings) {
  if (findings.length) throw new Finding(findings.join('\n'));
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed || !passed ? 1 : 0;
}
