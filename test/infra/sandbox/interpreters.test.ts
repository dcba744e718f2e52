import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { describePython } from '../../../infra/sandbox/interpreters.js';
import { temporaryHomes } from '../store/home.js';

const newFolder = temporaryHomes();
const real = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();

test('of two interpreters on PATH the faster is named, if it is not the first', async () => {
  const folder = newFolder();
  const slow = join(folder, 'python3');
  // Each allocation is noted, with the three frames it came from.
  await writeFile(slow, `#!/bin/sh\nexec "${real}" -X tracemalloc=3 "$@"\n`, { mode: 0o755 });
  const env = (...folders: string[]) => ({ PATH: [...folders, '/usr/bin', '/bin'].join(':') });
  const named = await describePython(env(folder, dirname(real)));
  expect(named).toMatch(
    /^3\.\d+\.\w+; \/\S+\/python3 \(3\.\S+\) runs the same program [\d.]+ times as fast: put its folder/,
  );
  expect(named).not.toContain(slow);
  expect(await describePython(env(dirname(real), folder))).not.toContain(slow);
});

test('one that can’t be run is an error where it is the first, and else passed over', async () => {
  const folder = newFolder();
  await writeFile(join(folder, 'python3'), '#!/bin/sh\necho "no such version" >&2\nexit 127\n', { mode: 0o755 });
  await expect(describePython({ PATH: `${folder}:${dirname(real)}` })).rejects.toThrow('no such version');
  expect(await describePython({ PATH: `${dirname(real)}:${folder}:/nonexistent` })).toMatch(/^3\.\d+\.\w+/);
});
