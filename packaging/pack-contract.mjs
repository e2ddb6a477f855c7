/**
 * Packs the contract of each service into one archive, which an installed package has instead of `schemas/`: texts by
 * their path, without indentation. The last step of each build.
 *
 *     node packaging/pack-contract.mjs schemas dist/contract
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';

const [schemas = 'schemas', out = 'dist/contract'] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
for (const service of readdirSync(schemas)) {
  const operations = readdirSync(join(schemas, service, 'contract')).sort();
  const paths = [`${service}/contract.json`, ...operations.map((name) => `${service}/contract/${name}`)];
  const texts = Object.fromEntries(paths.map((path) => [path, tightText(join(schemas, path))]));
  writeFileSync(join(out, `${service}.json.gz`), gzipSync(JSON.stringify(texts), { level: 9 }));
}

/** @param {string} file */
function tightText(file) {
  return JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
}
