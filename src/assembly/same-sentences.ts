/** Which sentences of another reference say what sentences of ours say, so that the clauses on ours decide them. */
import { createHash } from 'node:crypto';
import type { Sentence } from '../contract/model.ts';
import type { Report } from '../diagnostic.ts';
import { asMap, listField, reportUnknownKeys, requireText, textField, textListField } from '../yaml-fields.ts';
import type { YamlMap, YamlNode } from '../yaml.ts';

export interface SameSentence {
  /** The sentence, or the first 16 hexadecimal digits of its SHA-256 where its text is not ours to repeat. */
  readonly says: string;
  /** The title above it, where it stands more than once. */
  readonly section?: string;
  readonly means: readonly string[];
}

/** The field `sentences` of a manifest. */
export function sameSentencesOf(manifest: YamlMap, report: Report): readonly SameSentence[] {
  return listField(manifest, 'sentences', report)?.items.flatMap((item) => sameSentence(item, report) ?? []) ?? [];
}

function sameSentence(node: YamlNode, report: Report): SameSentence | undefined {
  const map = asMap(node, 'a sentence', report);
  if (!map) return undefined;
  reportUnknownKeys(map, ['says', 'sha256', 'section', 'means'], 'error', report);
  const says = textField(map, 'sha256', report) ?? requireText(map, 'says', report)?.trim();
  const section = textField(map, 'section', report);
  const means = textListField(map, 'means', report) ?? [];
  return says === undefined ? undefined : { says, ...(section !== undefined && { section }), means };
}

export function withMeanings(sentences: readonly Sentence[], same: readonly SameSentence[] = []): readonly Sentence[] {
  return sentences.map((sentence) => {
    const means = same
      .filter(({ says, section = sentence.source.section }) => {
        return (says === sentence.text || says === digestOf(sentence.text)) && section === sentence.source.section;
      })
      .flatMap((entry) => entry.means);
    return means.length === 0 ? sentence : { ...sentence, means };
  });
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
