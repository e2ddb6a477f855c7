/** The description of the tested product in a bundle: `product.yaml`. */
import { formatDiagnostic, type Diagnostic } from '../../src/diagnostic.ts';
import { parseYaml } from '../../src/yaml.ts';
import { asMap, reportUnknownKeys, requireText } from '../../src/yaml-fields.ts';

export const productFile = 'product.yaml';

const keys = ['name', 'version', 'vendor', 'contact', 'reproduce'] as const;

export type Product = Readonly<Record<(typeof keys)[number], string>>;

/** The product, or sentences with file and line about what is wrong. */
export function readProduct(
  text: string,
  file: string,
): { readonly product: Product } | { readonly wrong: readonly string[] } {
  const { root, diagnostics } = parseYaml(text, file);
  const found: Diagnostic[] = [...diagnostics];
  const report = (diagnostic: Diagnostic): void => void found.push(diagnostic);
  const map = root && asMap(root, 'a product description', report);
  if (map) reportUnknownKeys(map, keys, 'error', report);
  const values = map ? keys.map((key) => [key, requireText(map, key, report)?.trim()] as const) : [];
  const empty = values.filter(([, value]) => value === '').map(([key]) => `${file}: ${key} is empty.`);
  const wrong = [...found.filter(({ severity }) => severity === 'error').map(formatDiagnostic), ...empty];
  if (!map) return { wrong: wrong.length > 0 ? wrong : [`${file} is empty; it needs ${keys.join(', ')}.`] };
  return wrong.length > 0 ? { wrong } : { product: Object.fromEntries(values) as Product };
}
