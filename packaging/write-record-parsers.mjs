/**
 * Compiles the validators of the records that the product reads back, so that a command loads neither the declarations
 * nor a compiler. A step of each build.
 *
 *     node packaging/write-record-parsers.mjs dist
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import formats from 'ajv-formats';
import process from 'node:process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const folder = resolve(process.argv[2] ?? 'dist', 'src/records');
/** @type {typeof import('../src/records/parsed.ts')} */
const { parsed } = await import(pathToFileURL(join(folder, 'parsed.js')).href);
/** @type {typeof import('../src/records/document.ts')} */
const { parserDocument } = await import(pathToFileURL(join(folder, 'document.js')).href);

const ajv = new Ajv2020({
  ...{ strict: true, allowUnionTypes: true, discriminator: true, verbose: true, messages: false },
  // Shared definitions become shared functions.
  ...{ inlineRefs: false, validateSchema: false, meta: false, code: { source: true, esm: true } },
});
formats.default(ajv, ['date', 'date-time']);
ajv.addSchema({ ...parserDocument(parsed), $id: 'records' });
const names = Object.keys(parsed);
const compiled = standalone.default(
  ajv,
  Object.fromEntries(names.map((name) => [name, `records#/properties/${name}`])),
);
// A quarter of the code: what errors have and no message uses.
const code = compiled.replaceAll(/schemaPath:"[^"]*",|,schema:[^{}]*?(?=,parentSchema:)|,data:data\d*(?=\})/g, '');

const entry = 'compiled-parsers';
const bundle = await rolldown({
  input: entry,
  plugins: [
    {
      name: entry,
      resolveId: (id) => (id === entry ? join(folder, `${entry}.source.js`) : null),
      load: (id) =>
        id.endsWith(`${entry}.source.js`) ? `${code}\nexport const validators = { ${names.join(', ')} };` : null,
    },
  ],
});
await bundle.write({ file: join(folder, `${entry}.js`), format: 'esm', minify: true });
