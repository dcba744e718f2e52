import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writingTo } from '../../cli/output-files.js';
import { atomicWrite } from '../../infra/fs.js';
import { temporaryHomes } from '../infra/store/home.js';

const newFolder = temporaryHomes();

/** What is thrown where the system refuses with this code. */
function refusal(code: string): Promise<unknown> {
  const error = Object.assign(new Error(`${code}: told by the system, open '/a/.temporary'`), {
    code,
    syscall: 'open',
  });
  return writingTo('--out', '/a/b', () => Promise.reject(error)).catch((thrown: unknown) => thrown);
}

test.each([
  ['ENOSPC', 3, 'the disk is full', 'Name another place with --out, or free some space.'],
  ['EACCES', 2, 'permission denied', 'Name another place with --out.'],
  ['EROFS', 2, 'the file system is read-only', 'Name another place with --out.'],
  ['ENAMETOOLONG', 2, 'told by the system', 'Name another place with --out.'],
])('%s where a command writes is told with exit %i', async (code, exitCode, why, hint) => {
  const message = expect.stringMatching(new RegExp(`^Cannot write /a/b: .*${why}`));
  expect(await refusal(code)).toMatchObject({ name: 'UserError', message, hint, exitCode });
});

test('a folder in the place of a file, and a file in that of a folder, are told', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'file'), '');
  const write = (path: string) => writingTo('--html', path, () => atomicWrite(path, 'x'));
  const there = join(folder, 'folder');
  await expect(write(there)).rejects.toMatchObject({ message: `Cannot write ${there}: a folder is there.` });
  const below = [join(folder, 'file', 'page'), join(folder, 'file', 'deep', 'page')];
  for (const path of below) {
    const message = `Cannot write ${path}: a file is where a folder has to be.`;
    await expect(write(path)).rejects.toMatchObject({ message, hint: 'Name another place with --html.', exitCode: 2 });
  }
});

test('what is no refusal of the system passes as it is', async () => {
  const fault = new TypeError('a fault of ours');
  await expect(writingTo('--out', '/a/b', () => Promise.reject(fault))).rejects.toBe(fault);
});
