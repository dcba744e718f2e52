import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import { openBubblewrapSandbox } from '../../../infra/sandbox/bubblewrap.js';
import { ensureTool } from '../../../infra/tools/tool.js';
import { jobOf } from '../../contracts/sandbox-bench.js';
import { sharedHome } from '../../support/embedded-home.js';
import { madeUpGpu } from '../../support/fake-gpus.js';

const bwrapPath = await ensureTool('bwrap', { home: sharedHome() });
const [mine, other] = ['mine', 'other'].map((name) => `/dev/aicodereval-test-${process.pid}-${name}`) as [
  string,
  string,
];
afterAll(() => [mine, other].forEach((node) => rmSync(node, { force: true })));

/** Whether this user may make a device file; it answers as /dev/zero does. */
function canMake(node: string): boolean {
  try {
    execFileSync('mknod', ['-m', '666', node, 'c', '1', '5'], { stdio: 'ignore' });
    closeSync(openSync(node, 'r'));
    return true;
  } catch {
    return false;
  }
}

// Skipped where nobody may make device files, as for an ordinary user.
const testWithNodes = [mine, other].every(canMake) ? test : test.skip;

testWithNodes('a program can use the files of its GPU, and no other; it knows it by its id', async () => {
  const sandbox = openBubblewrapSandbox({ bwrapPath, slots: 1, gpu: { ...madeUpGpu('GPU-42'), nodes: [mine] } });
  const program = `
import os
def f(path):
    return os.environ["CUDA_VISIBLE_DEVICES"], os.path.exists(path) and open(path, "rb").read(2)
`;
  const source = `assert f("${mine}") == ("GPU-42", b"\\0\\0")\nassert f("${other}") == ("GPU-42", False)`;
  try {
    for (const grading of ['isolated', 'in-process'] as const) {
      expect(await sandbox.run(jobOf(program, source, { grading }))).toMatchObject({ endOfRun: 'ok', exception: null });
    }
  } finally {
    await sandbox.close();
  }
});

/** CUDA names its threads so, and can't be used where that fails. */
const NAMING = `
import os
def f(path):
    try:
        with open(path, "w") as file: file.write("worker" if path.endswith("comm") else "1")
        return True
    except OSError:
        return False
`;

test.each([
  ['with a GPU', { ...madeUpGpu('GPU-42'), nodes: [] }, 'True'],
  ['without one', undefined, 'False'],
])('%s: who may name threads through /proc; nobody changes a setting of the kernel', async (_what, gpu, may) => {
  const sandbox = openBubblewrapSandbox({ bwrapPath, slots: 1, gpu });
  const source = `assert f("/proc/self/comm") is ${may}\nassert f("/proc/sys/user/max_user_namespaces") is False`;
  try {
    expect(await sandbox.run(jobOf(NAMING, source, { grading: 'isolated' }))).toMatchObject({ endOfRun: 'ok' });
  } finally {
    await sandbox.close();
  }
});

test('without a GPU the variable is not set; with one whose file is missing nothing is run', async () => {
  const plain = openBubblewrapSandbox({ bwrapPath, slots: 1 });
  const gpu = { ...madeUpGpu('GPU-42'), nodes: ['/dev/aicodereval-test-missing'] };
  const lacking = openBubblewrapSandbox({ bwrapPath, slots: 1, gpu });
  try {
    const job = jobOf('import os\ndef f(): return "CUDA_VISIBLE_DEVICES" in os.environ', 'assert f() is False');
    expect(await plain.run(job)).toMatchObject({ endOfRun: 'ok' });
    await expect(lacking.run(job)).rejects.toMatchObject({ type: 'SandboxUnavailable' });
  } finally {
    await Promise.all([plain.close(), lacking.close()]);
  }
});
