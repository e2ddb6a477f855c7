/** Lines and files that are written as a whole or not at all, on a file system that fails where a test wants it to. */
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { appendWhole } from '../../cli/files/append-whole.ts';
import { fileSystem, type FileSystem } from '../../cli/files/file-system.ts';
import { WriteError } from '../../cli/files/write-error.ts';
import { makeFolderIn, writeNew, writeWhole } from '../../cli/files/write-whole.ts';
import { openLedgerFile } from '../../cli/run/ledger-file.ts';
import { createRunFolder } from '../../cli/run/run-folder.ts';
import { createWriteGuard } from '../../cli/run/write-guard.ts';
import { createLedger, readLedger } from '../../src/resources/ledger.ts';
import { temporaryFolder } from '../cli/run-child.ts';

const refusal = (code: string, syscall = 'write'): Error =>
  Object.assign(new Error(`${code}: no`), { code, syscall, errno: -1 });

/** Takes `room` bytes by appending, and then is full. */
function filledUp(capacity: number): FileSystem {
  let left = capacity;
  const writeSync = ((at: number, bytes: Uint8Array, from: number) => {
    const length = Math.min(bytes.length - from, left);
    if (length === 0) throw refusal('ENOSPC');
    left -= length;
    return fileSystem.writeSync(at, bytes, from, length);
  }) as FileSystem['writeSync'];
  return { ...fileSystem, writeSync };
}

const failing = (call: keyof FileSystem, code: string): FileSystem => ({
  ...fileSystem,
  [call]: () => {
    throw refusal(code, call);
  },
});

test('a line that the disk takes half of is taken back', () => {
  const file = join(temporaryFolder(), 'journal');
  writeFileSync(file, 'first\n');
  expect(() => appendWhole(file, 'second\n', filledUp(3))).toThrow(
    new RegExp(`^Cannot write ${file}: no space is left on the device \\(ENOSPC\\)\\. Free some space`),
  );
  expect(readFileSync(file, 'utf8')).toBe('first\n');
});

test.each([
  ['removed', (folder: string) => rmSync(folder, { recursive: true }), 'ENOENT'],
  [
    'replaced by a file',
    (folder: string) => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, '');
    },
    'ENOTDIR',
  ],
] as const)('a folder that was %s is noticed, and not made again', (_, makeDirty, code) => {
  const place = temporaryFolder();
  const path = join(place, 'run');
  const folder = createRunFolder(path);
  makeDirty(path);
  const write = (): void => folder.write([{ path: 'evidence/a/b.json', text: '' }]);
  expect(write).toThrow(code);
  expect(write).toThrow(WriteError);
  expect(() => appendWhole(join(path, 'journal.ndjson'), 'x')).toThrow(code);
  expect(() => makeFolderIn(path, 'evidence')).toThrow(code);
  expect(readdirSync(place)).toEqual(code === 'ENOENT' ? [] : ['run']);
});

test.each(['writeFileSync', 'renameSync'] as const)(
  'where %s fails, the file stays what it was and nothing lies beside it',
  (call) => {
    const folder = temporaryFolder();
    const file = join(folder, 'report.json');
    writeFileSync(file, 'before');
    expect(() => writeWhole(file, 'after', failing(call, 'EDQUOT'))).toThrow('the disk quota is used up (EDQUOT)');
    expect(readFileSync(file, 'utf8')).toBe('before');
    expect(() => writeNew(join(folder, 'new.yaml'), 'after', failing(call, 'EIO'))).toThrow('(EIO)');
    expect(readdirSync(folder)).toEqual(['report.json']);
  },
);

test('a link is followed, and a device is written to instead of being replaced', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'there'));
  writeFileSync(join(folder, 'there/file'), 'before');
  symlinkSync('there/file', join(folder, 'link'));
  writeWhole(join(folder, 'link'), 'after');
  expect(readFileSync(join(folder, 'there/file'), 'utf8')).toBe('after');
  expect(() => writeWhole('/dev/full', 'x')).toThrow(
    'Cannot write /dev/full: no space is left on the device (ENOSPC).',
  );
});

test.each([
  ['mkdirSync', 'EACCES', 'permission is denied'],
  ['openSync', 'EROFS', 'the file system is read-only'],
  ['fsyncSync', 'EIO', 'an input/output error'],
] as const)('a run folder that %s refuses is not there afterwards', (call, code, words) => {
  const place = temporaryFolder();
  expect(() => createRunFolder(join(place, 'run'), failing(call, code))).toThrow(words);
  expect(call === 'openSync' ? [] : readdirSync(place)).toEqual([]);
});

test('a thing whose intent cannot be written is not created, and the removal of the others goes on', async () => {
  const file = join(temporaryFolder(), 'ledger');
  writeFileSync(file, '');
  const failed = vi.fn();
  let isFull = false;
  const files: FileSystem = {
    ...fileSystem,
    writeSync: ((...args: Parameters<FileSystem['writeSync']>) => {
      if (isFull) throw refusal('ENOSPC');
      return fileSystem.writeSync(...args);
    }) as FileSystem['writeSync'],
  };
  const ledger = createLedger(openLedgerFile(file, failed, { files }).append, () => '2026-01-01T00:00:00.000Z');
  await ledger.intend('server', 'a');
  isFull = true;
  ledger.created({ type: 'server', name: 'a', id: '1' });
  await expect(ledger.intend('server', 'b')).rejects.toMatchObject({ code: 'stopped' });
  isFull = false;
  await expect(ledger.intend('server', 'c')).rejects.toThrow('ENOSPC');
  expect([ledger.owned(), ledger.unsettled()]).toEqual([[{ type: 'server', name: 'a', id: '1' }], []]);
  ledger.removed({ type: 'server', name: 'a', id: '1' });
  expect(failed).toHaveBeenCalledTimes(1);
  expect(readLedger(readFileSync(file, 'utf8')).map(({ event, name }) => `${event} ${name}`)).toEqual([
    'intent a',
    'refused c',
    'removed a',
  ]);
});

test('an intent that is not safe on the disk is not sent, and is not looked for afterwards', async () => {
  const file = join(temporaryFolder(), 'ledger');
  writeFileSync(file, '');
  const fdatasync = ((_: number, done: (error: Error) => void) => done(refusal('EIO'))) as FileSystem['fdatasync'];
  const files = { ...fileSystem, fdatasync };
  const ledger = createLedger(openLedgerFile(file, () => undefined, { files }).append, () => '');
  await expect(ledger.intend('server', 'a')).rejects.toThrow('(EIO)');
  expect(ledger.unsettled()).toEqual([]);
});

test('the first error ends the run, and is the one that is reported', () => {
  const writes = createWriteGuard();
  expect(writes.attempt(() => 1)).toBe(1);
  for (const code of ['EROFS', 'ENOSPC']) {
    writes.attempt(() => {
      throw new WriteError('file', refusal(code));
    });
  }
  expect(writes.signal.aborted).toBe(true);
  expect(writes.failure()).toContain('read-only (EROFS)');
  const defect = (): never => {
    throw new TypeError('a defect');
  };
  expect(() => writes.attempt(defect)).toThrow('a defect');
});
