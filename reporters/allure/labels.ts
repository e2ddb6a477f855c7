/** The labels, parameters and links of a case in Allure: service, operation, clause, severity, target, identities. */
import { LabelName, Severity, type Label, type Link, type Parameter } from 'allure-js-commons';
import type { Level } from '../../src/clauses/verdict.ts';
import type { Subject } from './subject.ts';

const severities: Readonly<Record<Level, Severity>> = {
  MUST: Severity.CRITICAL,
  'MUST NOT': Severity.CRITICAL,
  SHOULD: Severity.NORMAL,
  'SHOULD NOT': Severity.NORMAL,
  MAY: Severity.MINOR,
};

export function labelsOf({ record, one, clause }: Subject): Label[] {
  const service = one.operation.split('/')[0] ?? one.operation;
  return [
    { name: LabelName.EPIC, value: service },
    { name: LabelName.FEATURE, value: one.operation },
    { name: LabelName.STORY, value: one.clause },
    { name: LabelName.PARENT_SUITE, value: service },
    { name: LabelName.SUITE, value: one.operation },
    { name: LabelName.SUB_SUITE, value: one.clause },
    { name: LabelName.SEVERITY, value: severities[clause?.level ?? 'MUST'] },
    { name: LabelName.HOST, value: record.report.target.name },
    { name: LabelName.TAG, value: record.report.target.name },
    { name: LabelName.TAG, value: one.microversion },
    ...one.identities.map((identity) => ({ name: LabelName.TAG, value: identity })),
    { name: LabelName.TAG, value: one.verdict.is },
    ...(clause ? [{ name: LabelName.LAYER, value: clause.kind }] : []),
  ];
}

/** Parameters that distinguish the cases of a clause are part of their history; the others are excluded from it. */
export function parametersOf({ record, one }: Subject): Parameter[] {
  return [
    { name: 'target', value: record.report.target.name },
    { name: 'microversion', value: one.microversion },
    { name: 'identities', value: one.identities.join(' '), excluded: true },
    ...(one.evidence === undefined ? [] : [{ name: 'evidence', value: one.evidence, excluded: true }]),
  ];
}

/** The issues of the waivers of a case. */
export function linksOf({ record, one }: Subject): Link[] {
  return record.report.waivers
    .filter(({ cases }) => cases.includes(one.id))
    .map(({ link, owner }) => ({ type: 'issue', name: `Waiver of ${owner}`, url: link }));
}
