import { afterAll, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseFile } from '../../../infra/datasets/release-file.js';
import { someBytes, startFileServer } from '../tools/file-server.js';

const home = mkdtempSync(join(tmpdir(), 'release-'));
afterAll(() => rm(home, { recursive: true }));

test('a release is fetched once, its hash recorded, a changed copy fetched anew, and another content refused', async () => {
  const content = someBytes(5_000);
  const server = await startFileServer(content);
  const ensure = releaseFile(server.url);
  const target = join(home, 'datasets', 'file');
  await expect(ensure({ home, env: { HF_HUB_OFFLINE: '1' } })).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/not asked, since HF_HUB_OFFLINE is set/),
    hint: expect.stringMatching(/`file` of the suite/),
  });
  expect(await ensure({ home })).toBe(target);
  expect(await ensure({ home })).toBe(target);
  expect(server.requests).toHaveLength(1);
  writeFileSync(target, 'changed');
  await ensure({ home });
  expect(readFileSync(target).equals(content)).toBe(true);
  await server.close();

  const other = await startFileServer(Buffer.from('another'));
  writeFileSync(target, 'changed');
  await expect(releaseFile(other.url)({ home })).rejects.toMatchObject({
    message: expect.stringMatching(/not what was expected/),
  });
  expect(existsSync(target)).toBe(false);
  await other.close();
});
