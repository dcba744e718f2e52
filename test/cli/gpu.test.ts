import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Execution } from '../../domain/attempt.js';
import { readResults } from '../../infra/arrow/results.js';
import { reportSchema } from '../../infra/parse/report.js';
import { openBlobStore } from '../../infra/store/blobs.js';
import { readHostFile } from '../../workers/host.js';
import { processesOf, runCli, type Running, startCli, until } from '../support/cli.js';
import { FakeGpus } from '../support/fake-gpus.js';
import { type FaultServer, startFaultServer } from '../support/fault-server.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { family, processTable } from '../support/process-table.js';
import { writeSweepFile, writeTasks } from '../support/sweep-files.js';
import { killAll, roleOf } from '../support/victims.js';

const H100 = 'NVIDIA H100 80GB HBM3';
/** Says which GPU it was given, and takes its time with it. */
const PROGRAM = `
import os, time
def add(a, b):
    print(os.environ["CUDA_VISIBLE_DEVICES"])
    time.sleep(0.3)
    return a + b
`;

const newHome = homesWithTools();
const started: Running[] = [];
let home: string;
let gpus: FakeGpus;
let host: FaultServer;

beforeEach(async () => {
  home = await newHome();
  gpus = new FakeGpus(dirname(home), [H100, H100]);
  host = await startFaultServer({ reply: () => ({ kind: 'answer', text: `\`\`\`python${PROGRAM}\`\`\`` }) });
});
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGINT');
    await ended;
  }
  await host.close();
});

function start(args: readonly string[], env: Readonly<Record<string, string>> = gpus.env): Running {
  const running = startCli([...args, '--home', home], { env });
  started.push(running);
  return running;
}

function sweepFile(gpu: string, cells: number): string {
  return writeSweepFile(home, {
    name: 'gpu',
    suites: [{ id: 'humaneval', file: writeTasks(home, cells) }],
    models: [{ id: 'openai:m', base_url: host.baseUrl, concurrency: 8 }],
    strategies: [{ id: 'direct' }],
    sandbox: { gpu },
  });
}

/** The runs of the sweep: each by its verdict, its device, and what its program said. */
async function runs(): Promise<{ execution: Execution; said: string }[]> {
  const blobs = openBlobStore(home);
  const executions = (await readResults(home, 'gpu')).flatMap(({ attempts }) =>
    attempts.flatMap((attempt) => attempt.executions),
  );
  return Promise.all(
    executions.map(async (execution) => {
      const { report } = reportSchema.parse(JSON.parse(await blobs.get(execution.reportSha256)));
      return { execution, said: report.stdout.text };
    }),
  );
}

/** Every program passed on the device that it says it was given, and all devices were used. */
async function expectDevices(cells: number, devices: readonly (string | undefined)[]): Promise<void> {
  const all = await runs();
  expect(all).toHaveLength(cells);
  for (const { execution, said } of all) {
    expect(execution).toMatchObject({ verdict: 'pass' });
    expect(new Set(said.trim().split('\n'))).toEqual(new Set([execution.device]));
  }
  expect(new Set(all.map(({ execution }) => execution.device))).toEqual(new Set(devices));
}

test('a sweep that wants any GPU runs on all that there are, and says on which', async () => {
  const ended = await start(['run', sweepFile('any', 8)]).ended;
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
  await expectDevices(8, gpus.uuids.slice(0, 2));
  expect(await processesOf(home)).toEqual([]);
}, 110_000);

test('kill -9 of the GPU worker frees its devices, and the work goes on', async () => {
  const run = start(['run', sweepFile('h100', 12)]);
  await until('programs run', async () => (await readResults(home, 'gpu').catch(() => [])).length > 1);
  expect(killAll(family(await processTable(), run.child.pid ?? 0).filter((entry) => roleOf(entry) === 'gpu'))).toBe(1);
  expect(await run.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
  await expectDevices(12, gpus.uuids.slice(0, 2));
  expect(await processesOf(home)).toEqual([]);
}, 110_000);

describe('where no worker has the GPU that a sweep wants', () => {
  test.each([
    ['none', [], 'any', 'no GPU'],
    ['another class', [H100], 'a100', 'class h100 alone'],
  ])('on one machine with %s it is refused at once', async (_, names, gpu, words) => {
    gpus.list(names);
    const ended = await start(['run', sweepFile(gpu, 1)]).ended;
    expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining(words) });
    expect(ended.stderr).toContain('--role gpu');
  });

  test('with a cluster, run and status name the queue that nobody polls, and a worker that comes later is enough', async () => {
    gpus.list([]);
    const up = start(['up']);
    await until('the server is up', () => up.said().includes('Workers are up'));
    const { grpc } = (await readHostFile(home)) ?? { grpc: 0 };
    const env = { ...gpus.env, TEMPORAL_ADDRESS: `127.0.0.1:${grpc}` };
    const worker = await start(['worker', '--role', 'gpu'], env).ended;
    expect(worker).toMatchObject({ code: 3, stderr: expect.stringContaining('no GPU') });

    const run = start(['run', sweepFile('h100', 2)], env);
    await until('run says so', () => run.said().includes('No worker polls gpu.h100'));
    const status = await start(['status', 'gpu'], env).ended;
    expect(status).toMatchObject({ code: 0, stderr: expect.stringContaining('No worker polls gpu.h100') });
    gpus.list(['Tesla T4', H100]);
    start(['worker', '--role', 'gpu'], env);
    expect(await run.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('100.0 %') });
    await expectDevices(2, gpus.uuids.slice(1, 2));
  }, 110_000);
});

test('doctor lists the GPUs, and what is wrong with a tool that fails', async () => {
  const well = await runCli(['doctor', '--json', '--home', home], { env: gpus.env });
  expect(well).toMatchObject({ code: 0, stdout: expect.stringContaining(`class h100, ${gpus.uuids[1]}`) });
  gpus.answer('echo "Failed to initialize NVML: Driver/library version mismatch" >&2; exit 18');
  const ill = await runCli(['doctor', '--home', home], { env: gpus.env });
  expect(ill).toMatchObject({ code: 3, stdout: expect.stringMatching(/MISSING GPUs .*version mismatch/) });
});
