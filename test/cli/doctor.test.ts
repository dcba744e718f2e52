import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { packagePath } from '../../infra/package-path.js';
import { runCli } from '../support/cli.js';
import { whyNoDocker } from '../support/docker.js';
import { sharedHome } from '../support/embedded-home.js';
import { sharedTools } from '../support/shared-tools.js';

const execute = promisify(execFile);
const reason = await whyNoDocker();
const withDocker = reason === null ? test : test.skip;
const via = ['python3', packagePath('test/support/without-namespaces.py')];
const canForbid = await execute(via[0] ?? '', [...via.slice(1), 'true']).then(
  () => true,
  () => false,
);

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly needed: boolean;
  readonly detail: string;
}

/** What `doctor` finds, by name, and its exit code. */
async function doctor(
  options: { env?: Record<string, string>; via?: readonly string[] } = {},
): Promise<{ code: number | null; found: Readonly<Record<string, Finding>> }> {
  const { code, stdout } = await runCli(['doctor', '--json', '--home', sharedHome()], options);
  const findings = JSON.parse(stdout) as Finding[];
  return { code, found: Object.fromEntries(findings.map((finding) => [finding.what, finding])) };
}

beforeAll(() => sharedTools());

describe('doctor', () => {
  test('a machine that has all but Docker can run sweeps', async () => {
    const { code, found } = await doctor({ env: { DOCKER_HOST: 'unix:///nonexistent/docker.sock' } });
    expect(code).toBe(0);
    expect(found['user namespaces']).toMatchObject({ ok: true, detail: 'programs can be walled in' });
    expect(found['libgomp']).toMatchObject({ ok: true });
    const detail = expect.stringMatching(/^Docker does not answer .*ENOENT.*: start its daemon, or set DOCKER_HOST/);
    expect(found['docker']).toMatchObject({ ok: false, needed: false, detail });
  });

  test('a machine without the library of embedded models can run other sweeps, and is told how to get it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aicodereval-libraries-'));
    writeFileSync(join(folder, 'libgomp.so.1'), '');
    const { code, found } = await doctor({ env: { LD_LIBRARY_PATH: folder } });
    rmSync(folder, { recursive: true });
    const detail = expect.stringMatching(/libgomp\.so\.1: .+; embedded models .* need it: apt install libgomp1$/);
    expect(found['libgomp']).toMatchObject({ ok: false, needed: false, detail });
    expect(code).toBe(0);
  });

  // Root can take user namespaces away from a process; nobody else can.
  (canForbid ? test : test.skip)('a host that forbids user namespaces is named, with the cure', async () => {
    const { code, found } = await doctor({ via });
    expect(code).toBe(3);
    const detail = expect.stringMatching(
      /user\.max_user_namespaces is 0\); as root: "sysctl -w user\.max_user_namespaces=/,
    );
    expect(found['user namespaces']).toMatchObject({ ok: false, needed: true, detail });
  });

  withDocker('the engine and its image, tried with a program', async () => {
    const { found } = await doctor();
    const detail = expect.stringMatching(
      /^Docker [\d.]+.*, image .* \(sha256:\w{12}, \d+ MB\); programs can be walled in$/,
    );
    expect(found['docker']).toMatchObject({ ok: true, detail });
  });

  withDocker('an image that is not there, with how to get it', async () => {
    const { code, found } = await doctor({ env: { AICODEREVAL_DOCKER_IMAGE: 'aicodereval/none' } });
    expect(code).toBe(0);
    const detail = 'Docker has no image "aicodereval/none": ';
    expect(found['docker']).toMatchObject({ ok: false, detail: expect.stringContaining(detail) });
  });
});

test('the version is the package’s, also of what npx starts, as a program of its own', async () => {
  const { version, bin } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as {
    version: string;
    bin: { aicodereval: string };
  };
  expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  expect(await execute(packagePath(bin.aicodereval), ['--version'])).toMatchObject({ stdout: `${version}\n` });
});
