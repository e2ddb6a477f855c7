/** `doctor`: reports what a run could decide on this target, and what is missing for the rest. */
import { Command } from 'commander';
import { renderDoctor } from '../../reporters/doctor.ts';
import type { DoctorReport } from '../../src/records/doctor.ts';
import { examine } from '../doctor/examine.ts';
import { exitCodes } from '../errors.ts';
import { openTarget } from '../run/open-target.ts';
import { readRunOptions } from '../run/run-options.ts';
import { type RawOptions } from '../run/raw-options.ts';
import { withRunOptions } from '../target-options.ts';
import { terminalStyle } from '../terminal-style.ts';

const command = new Command('doctor').description(
  'Examine a target without changing it, and report what a run can decide there and what is missing for the rest.',
);
withRunOptions(command);

const codes: Readonly<Record<DoctorReport['ability'], number>> = {
  whole: exitCodes.conformant,
  partial: exitCodes.partial,
  none: exitCodes.usage,
};

export const doctorCommand = command
  .option('--json', 'print JSON; its schema is src/records/doctor.schema.json')
  .action(async (raw: RawOptions) => {
    const options = readRunOptions(raw);
    const opened = await openTarget(options);
    try {
      const report = await examine(opened, options);
      const text = options.json ? `${JSON.stringify(report, null, 1)}\n` : renderDoctor(report, terminalStyle());
      process.stdout.write(text);
      process.exitCode = codes[report.ability];
    } finally {
      await opened.close();
    }
  });
