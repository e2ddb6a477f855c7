/** What reporters are given and what they return; they are pure functions of a record. */
import type { Exchange } from '../client/exchange.ts';
import type { RunReport } from '../records/report.ts';

/** A report with access to its evidence. */
export interface RunRecord {
  readonly report: RunReport;
  /** The exchanges of a case in order; empty when nothing was sent. */
  readonly evidence: (caseId: string) => readonly Exchange[];
}

/** A file for the run folder, path relative to it. */
export interface ReportFile {
  readonly path: string;
  readonly text: string;
}

export interface Reporter {
  /** As on the command line: `junit`. */
  readonly id: string;
  readonly summary: string;
  /** The folder of a format with one file per case. Such a format is written only on request. */
  readonly folder?: string;
  readonly render: (record: RunRecord) => readonly ReportFile[];
}
