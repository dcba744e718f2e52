import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestReport } from '../../../domain/test-report.js';
import { judge } from '../../../domain/verdict.js';
import { type DockerOptions, openDockerSandbox } from '../../../infra/sandbox/docker.js';
import { ownerLabels } from '../../../infra/sandbox/docker/owned.js';
import { jobOf } from '../../contracts/sandbox-bench.js';
import { sleeper, sleeping, until } from '../../contracts/sandbox-life.js';
import { callInChild } from '../../support/child.js';
import { containersOf, engine, image, whyNoDocker } from '../../support/docker.js';
import { canBeNobody, NOBODY, runAsNobody } from '../../support/nobody.js';
import { sandboxScript } from '../../support/sandbox-script.js';

const reason = await whyNoDocker();
const home = await realpath(await mkdtemp(join(tmpdir(), 'aicodereval-docker-')));
const options: DockerOptions = { image, home, slots: 1, imageBudgetBytes: Number.MAX_SAFE_INTEGER };
const RIGHT = jobOf('def f(x):\n    return x + 1\n', 'assert f(1) == 2');
const { DOCKER_HOST: dockerHost } = process.env;
const socketPath = dockerHost?.replace(/^unix:\/\//, '') ?? '/var/run/docker.sock';

afterAll(() => rm(home, { recursive: true }));

/** A way to the engine that can be cut. */
async function cuttable(): Promise<{ path: string; cut: () => void }> {
  const path = join(home, 'engine.sock');
  const sockets = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true }, (near) => {
    const far = createConnection({ path: socketPath, allowHalfOpen: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from.on('error', () => to.destroy()));
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const cut = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { path, cut };
}

(reason === null ? describe : describe.skip)('Docker: ends and faults', () => {
  afterEach(() => {
    if (dockerHost === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = dockerHost;
  });

  test('kill -9 of the process that opened it leaves nothing behind', async () => {
    const parent = spawn(
      process.execPath,
      sandboxScript('docker', options, [jobOf(sleeper('86417.5', false), 'f(1)')]),
    );
    await until(async () => (await sleeping('86417.5')).length > 0);
    expect(await containersOf(home)).toHaveLength(1);
    parent.kill('SIGKILL');
    await once(parent, 'close');
    await until(async () => (await sleeping('86417.5')).length === 0 && (await containersOf(home)).length === 0);
  });

  test('what dead owners of a home left is removed when its sandbox starts, and nothing else', async () => {
    const living = await ownerLabels(home);
    const dead = (await callInChild('infra/sandbox/docker/owned.ts', 'ownerLabels', [home]).result) as typeof living;
    const owner = dead['aicodereval.owner'] ?? '';
    const create = async (labels: Record<string, string>): Promise<string> =>
      (await engine.createContainer({ Image: image, Cmd: ['true'], Labels: labels })).id;
    const containers = {
      dead: await create(dead),
      living: await create(living),
      otherHome: await create({ ...dead, 'aicodereval.owner': owner.replace(/^\w+/, '0123456789abcdef') }),
      otherHost: await create({ ...dead, 'aicodereval.host': 'elsewhere' }),
      foreign: await create({ 'aicodereval.owner': owner }),
    };
    const sandbox = openDockerSandbox(options);
    try {
      expect(judge(await sandbox.run(RIGHT))).toBe('pass');
      const left = (await engine.listContainers({ all: true })).map(({ Id }) => Id);
      const isLeft = Object.entries(containers).map(([name, id]) => [name, left.includes(id)]);
      const stays = { living: true, otherHome: true, otherHost: true, foreign: true };
      expect(Object.fromEntries(isLeft)).toEqual({ dead: false, ...stays });
    } finally {
      await sandbox.close();
      const removals = Object.values(containers).map((id) => engine.getContainer(id).remove());
      await Promise.allSettled(removals);
    }
  });

  test('an engine that is lost in the middle of a run is SandboxLost; one that is back is used again', async () => {
    const { path, cut } = await cuttable();
    process.env['DOCKER_HOST'] = `unix://${path}`;
    const sandbox = openDockerSandbox(options);
    // A run that long is not ended by its time-out in this test.
    const running = sandbox.run(jobOf(sleeper('86418.5', false), 'f(1)', { limits: { wallSeconds: 600 } }));
    await until(async () => (await sleeping('86418.5')).length > 0);
    cut();
    await expect(running).rejects.toMatchObject({ name: 'Failure', type: 'SandboxLost' });
    const gone = expect.stringMatching(/^Docker does not answer \(.*ENOENT.*start its daemon/);
    await expect(sandbox.run(RIGHT)).rejects.toMatchObject({ type: 'SandboxUnavailable', message: gone });
    // The engine saw the connection break, and ended what hung on it.
    await until(async () => (await sleeping('86418.5')).length === 0 && (await containersOf(home)).length === 0);
    const { cut: close } = await cuttable();
    expect(judge(await sandbox.run(RIGHT))).toBe('pass');
    await sandbox.close();
    close();
  });

  test.each([
    [
      'there is no such image',
      { image: 'aicodereval/there-is-none' },
      /no image "aicodereval\/there-is-none": build it/,
    ],
    ['the name is none', { image: 'No Image' }, /^Docker/],
    ['it has no Python', { python: '/nonexistent/python' }, /exit code 127 .*No such file/],
    ['its Python is something else', { python: '/bin/true' }, /exit code 0/],
  ])('SandboxUnavailable: %s', async (_, wrong, message) => {
    const sandbox = openDockerSandbox({ ...options, ...wrong });
    const failure = { type: 'SandboxUnavailable', message: expect.stringMatching(message) };
    await expect(sandbox.run(RIGHT)).rejects.toMatchObject(failure);
    await sandbox.close();
    expect(await containersOf(home)).toEqual([]);
  });

  (canBeNobody ? describe : describe.skip)('for an ordinary user', () => {
    let own: DockerOptions;
    beforeAll(async () => {
      own = { ...options, home: await mkdtemp(join(tmpdir(), 'aicodereval-docker-')) };
      await chown(own.home, NOBODY, NOBODY);
    });
    afterAll(() => rm(own.home, { recursive: true }));

    test('works the same, if that user may use Docker', async () => {
      const jobs = [
        RIGHT,
        jobOf('def f(x):\n    return 0', 'assert f(1) == 2'),
        jobOf('import os\ndef f(x):\n    while True: os.fork()', 'f(1)', { limits: { processes: 20 } }),
      ];
      const { gid } = await stat(socketPath);
      const { stdout } = await runAsNobody(sandboxScript('docker', own, jobs), gid);
      const reports = JSON.parse(stdout) as TestReport[];
      expect(reports.map(({ endOfRun }) => endOfRun)).toEqual(['ok', 'exception', 'processes']);
    });

    test('else that is told, with the cure', async () => {
      const stderr = expect.stringMatching(/Docker may not be used by this user .*add it to the group "docker"/);
      await expect(runAsNobody(sandboxScript('docker', own, [RIGHT]))).rejects.toMatchObject({ stderr });
    });
  });
});
