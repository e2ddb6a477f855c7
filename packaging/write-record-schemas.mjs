/**
 * Writes the JSON Schema files of the records from their declarations in `src/records`.
 *
 *     npm run records
 */
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { recordSchemas } from '../dist/src/records/schema-files.js';

for (const [name, schema] of recordSchemas()) {
  const path = `src/records/${name}`;
  const options = { ...(await resolveConfig(path)), filepath: path };
  writeFileSync(path, await format(JSON.stringify(schema), options));
}
