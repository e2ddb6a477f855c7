/** `report`: renders a run again from its folder; the same run gives the same bytes. */
import { Command } from 'commander';
import { chooseReporters } from '../run/choose-reporters.ts';
import { openRunFolder } from '../run/run-folder.ts';
import { refuseExisting, writeProposal } from '../run/write-proposal.ts';

interface Options {
  readonly reporter?: readonly string[];
  readonly writeWaivers?: string;
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const reportCommand = new Command('report')
  .description('Renders a run again from its folder.')
  .argument('<run>', 'a run folder')
  .option('--reporter <id>', 'only these formats; may be repeated', collect)
  .option('--write-waivers <file>', 'propose waivers for what failed, for people to fill in')
  .action((run: string, { reporter, writeWaivers }: Options) => {
    refuseExisting(writeWaivers);
    const chosen = chooseReporters(reporter);
    const folder = openRunFolder(run);
    const record = folder.read();
    writeProposal(writeWaivers, record);
    for (const each of chosen) {
      const files = each.render(record);
      folder.write(files);
      for (const { path } of files) process.stderr.write(`${folder.path}/${path}\n`);
    }
  });
