import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { packagePath } from '../../infra/package-path.js';

test('a home that can be made but not written in is refused, and nothing is left in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aicodereval-home-'));
  const home = join(folder, 'home');
  const loader = pathToFileURL(packagePath('test/support/register-typescript.mjs')).href;
  const url = pathToFileURL(packagePath('infra/home.ts')).href;
  const call = ['--import', loader, packagePath('test/support/call-child.ts'), url, 'openHome', JSON.stringify([home])];
  // Files may have no bytes, as on a full disk: they can be made all the same.
  const limited = promisify(execFile)('sh', ['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, ...call]);
  await expect(limited).rejects.toMatchObject({ stderr: expect.stringContaining(`${home} cannot be written: EFBIG`) });
  expect(readdirSync(home)).toEqual([]);
  rmSync(folder, { recursive: true });
});
