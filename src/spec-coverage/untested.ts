/** The list of what is not tested, each with its reason: `suites/untested.yaml`. */
import type { Diagnostic, Position, Report } from '../diagnostic.ts';
import { asList, asMap, fieldOf, reportUnknownKeys, requireText, textField } from '../yaml-fields.ts';
import { parseYaml, type YamlMap, type YamlNode } from '../yaml.ts';
import { claimKinds, type Claim, type ClaimKind } from './claim.ts';

export const untestedReasons = {
  informative: 'it promises nothing: an introduction, or a hint for readers',
  'not-observable': 'no call of the API shows whether it is true',
  'needs-deployment': 'it needs a cloud with a special configuration',
  'contradicted-by-erratum': 'an erratum contradicts it',
  'left-open': 'it says that something is not promised',
  wanted: 'a clause could test it but is not written yet; such entries have near review dates',
} as const;

export type UntestedReason = keyof typeof untestedReasons;

export interface Untested {
  readonly kind: ClaimKind;
  /** As `Claim.name`. */
  readonly name: string;
  /** The title or parameter above a sentence that occurs more than once. */
  readonly section?: string;
  readonly reason: UntestedReason;
  readonly why: string;
  readonly link: string;
  /** `2027-11-01`: from then on the entry is due for review. */
  readonly review: string;
  /** The erratum that contradicts it. */
  readonly erratum?: string;
  readonly at: Position;
}

export function readUntested(
  text: string,
  file: string,
): { readonly entries: readonly Untested[]; readonly diagnostics: readonly Diagnostic[] } {
  const { root, diagnostics } = parseYaml(text, file);
  const found = [...diagnostics];
  const report: Report = (diagnostic) => void found.push(diagnostic);
  const list = root && asList(root, 'what is not tested', report);
  return { entries: list?.items.flatMap((item) => entryOf(item, report) ?? []) ?? [], diagnostics: found };
}

export function isMeant({ kind, name, section }: Untested, claim: Claim): boolean {
  if (kind !== claim.kind) return false;
  if (claim.kind === 'sentence' && claim.sentence.means?.includes(name)) return true;
  return name === claim.name && (section === undefined || section === claim.source.section);
}

const texts = ['reason', 'why', 'link', 'review'] as const;

function entryOf(node: YamlNode, report: Report): Untested | undefined {
  const map = asMap(node, 'an entry', report);
  if (!map) return undefined;
  reportUnknownKeys(map, [...claimKinds, 'section', 'erratum', ...texts], 'error', report);
  const [kind, ...others] = claimKinds.filter((key) => fieldOf(map, key));
  if (kind === undefined || others.length > 0) {
    return wrong(map.at, 'the entry does not say what is not tested', `one of ${claimKinds.join(', ')}`, report);
  }
  const name = requireText(map, kind, report)?.trim();
  const [reason, why, link, review] = texts.map((key) => requireText(map, key, report)?.trim());
  if (name === undefined || why === undefined || link === undefined) return undefined;
  if (!isReason(reason)) {
    const known = Object.keys(untestedReasons).join(', ');
    return wrong(map.at, `"${reason ?? ''}" is not a reason for not testing`, `one of ${known}`, report);
  }
  if (review === undefined || !isDate(review)) {
    return wrong(map.at, `"${review ?? ''}" is not a date`, 'a date such as 2027-11-01', report);
  }
  return { kind, name, ...optional(map, report), reason, why, link, review, at: map.at };
}

function optional(map: YamlMap, report: Report): Pick<Untested, 'section' | 'erratum'> {
  const section = textField(map, 'section', report);
  const erratum = textField(map, 'erratum', report);
  return { ...(section !== undefined && { section }), ...(erratum !== undefined && { erratum }) };
}

function isReason(text: string | undefined): text is UntestedReason {
  return text !== undefined && Object.hasOwn(untestedReasons, text);
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function wrong(at: Position, message: string, expected: string, report: Report): undefined {
  report({ severity: 'error', code: 'untested-entry', at, message, expected });
}
