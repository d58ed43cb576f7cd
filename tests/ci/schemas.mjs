// SPDX-License-Identifier: MIT
// schemas.mjs FOLDER: the ready files for CI, held against the schemas that GitHub's and GitLab's editors use. What is
// checked is checked on both sides: a file that is made wrong here must be refused.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { validateWorkflow } from "@action-validator/core";
import Ajv from "ajv";
import yaml from "js-yaml";

const folder = process.argv[2];
const require = createRequire(import.meta.url);
const gitlab = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
  JSON.parse(readFileSync(require.resolve("gitlab-ci-local/src/schema/schema.json"), "utf8")),
);

const forms = {
  "github.yml": (text) => validateWorkflow(text).errors,
  "gitlab-ci.yml": (text) => (gitlab(yaml.load(text)) ? [] : gitlab.errors),
};
const mistakes = {
  "github.yml": [/^ +runs-on:/m, "    runs-in:"],
  "gitlab-ci.yml": [/^ +stage:/m, "  stages:"],
};

let failed = 0;
const say = (ok, words, detail) => {
  if (ok) return;
  failed++;
  console.log(`${words}\n${JSON.stringify(detail, null, 2)}`);
};

for (const [name, errors] of Object.entries(forms)) {
  const text = readFileSync(`${folder}/${name}`, "utf8");
  say(errors(text).length === 0, `${name} is not what its schema asks for`, errors(text));
  say(errors(text.replace(...mistakes[name])).length > 0, `${name} made wrong is not refused`, mistakes[name]);
}
process.exit(failed ? 1 : 0);
