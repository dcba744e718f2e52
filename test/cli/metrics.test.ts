import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFINITIONS, type Definition } from '../../infra/metrics/definitions.js';
import { packagePath } from '../../infra/package-path.js';
import { readHostFile } from '../../workers/host.js';
import { processesOf, runCli, type Running, startCli, until } from '../support/cli.js';
import { FakeGpus } from '../support/fake-gpus.js';
import { type Family, parseExposition, total } from '../support/exposition.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { CELLS, writeGpuSweep, writeReplayedSweep } from '../support/watched-sweeps.js';

const H100 = 'NVIDIA H100 80GB HBM3';
const newHome = homesWithTools();
const started: Running[] = [];
afterEach(() => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
});

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const running = startCli(args, { env });
  started.push(running);
  return running;
}

/** The address that a command says its metrics are at. */
async function urlOf(running: Running): Promise<string> {
  const find = (): string | undefined => /^Metrics: (\S+)$/m.exec(running.said())?.[1];
  await until('it says where its metrics are', () => find() !== undefined || running.child.exitCode !== null);
  return find() ?? `nowhere: ${running.said()}`;
}

async function scrape(url: string): Promise<Map<string, Family>> {
  const response = await fetch(url);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return parseExposition(await response.text());
}

/** What is scraped while a command runs, which must succeed, and once after. */
async function scrapesOf(url: string, run: Running): Promise<Map<string, Family>[]> {
  const found: Map<string, Family>[] = [];
  while (run.child.exitCode === null) {
    found.push(await scrape(url));
    await sleep(100);
  }
  expect((await run.ended).code).toBe(0);
  return [...found, await scrape(url)];
}

interface Documented {
  readonly type: string;
  readonly labels: readonly string[];
  readonly meaning: string;
}

/** What docs/metrics-prometheus.md says, by name. */
function documented(): Map<string, Documented> {
  const text = readFileSync(packagePath('docs/metrics-prometheus.md'), 'utf8');
  const rows = text.split('\n').flatMap((line): [string, Documented][] => {
    const [, name = '', type = '', , labels = '', meaning = ''] = line.split('|').map((cell) => cell.trim());
    const quoted = (from: string): string[] => [...from.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
    const [metric = ''] = quoted(name);
    return /^(?:aicodereval|process|temporal)_/.test(metric)
      ? [[metric, { type, labels: quoted(labels), meaning }]]
      : [];
  });
  expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
  return new Map(rows);
}

test('the page of metrics says what the code counts', () => {
  const ours = [...documented()].filter(([name]) => !name.startsWith('temporal_'));
  const said = ours.map(([name, { type, labels, meaning }]) => ({ name, type, labels: labels.toSorted(), meaning }));
  const counted = Object.entries<Definition>(DEFINITIONS).map(([name, { kind, labels, help, roles }]) => ({
    name,
    type: kind,
    labels: [...new Set([...Object.keys(labels), ...(roles[0] === 'host' ? [] : ['role'])])].toSorted(),
    meaning: help,
  }));
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
  expect(said.toSorted(byName)).toEqual(counted.toSorted(byName));
});

describe('a small sweep of replayed answers', () => {
  let scrapes: Map<string, Family>[] = [];
  let leasing: Map<string, Family>[] = [];
  let last = new Map<string, Family>();
  let apart = new Map<string, Family>();
  let processes = 0;

  beforeAll(async () => {
    const home = await newHome();
    const gpus = new FakeGpus(dirname(home), [H100, H100]);
    const up = start(['up', '--home', home, '--metrics', '0'], gpus.env);
    const url = await urlOf(up);
    await until('the workers are up', () => up.said().includes('Workers are up'));
    const { grpc } = (await readHostFile(home)) ?? {};
    const env = { TEMPORAL_ADDRESS: `127.0.0.1:${grpc}` };
    const worker = start(['worker', '--role', 'sandbox', '--home', home, '--metrics', '0'], env);
    const workersUrl = await urlOf(worker);
    scrapes = await scrapesOf(url, start(['run', writeReplayedSweep(home), '--home', home]));
    last = scrapes.at(-1) ?? last;
    leasing = await scrapesOf(url, start(['run', writeGpuSweep(home), '--home', home], gpus.env));
    gpus.list([H100, '']);
    const leases = async (): Promise<number> => total(await scrape(url), 'aicodereval_gpu_leases');
    await until('the lost GPU is counted no more', async () => (await leases()) === 1);
    await until('the worker apart counts', async () => (apart = await scrape(workersUrl)).size > 3);
    worker.child.kill('SIGTERM');
    expect((await worker.ended).code).toBe(0);
    up.child.kill('SIGINT');
    await up.ended;
    processes = (await processesOf(home)).length;
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  }, 180_000);

  test('shows what came of its cells, and what it took', () => {
    expect(total(last, 'aicodereval_cells_total', { verdict: 'pass', model: 'recited' })).toBe(15);
    expect(total(last, 'aicodereval_cells_total', { verdict: 'fail' })).toBe(8);
    expect(total(last, 'aicodereval_cells_total', { verdict: 'unscored' })).toBe(1);
    expect(total(last, 'aicodereval_cell_errors_total', { error_class: 'assertion', fault: 'model' })).toBe(8);
    expect(total(last, 'aicodereval_cell_duration_seconds_count')).toBe(CELLS);
    expect(total(last, 'aicodereval_faults_total', { fault: 'ReplayMiss', retried: 'false' })).toBe(1);
    expect(total(last, 'aicodereval_model_requests_total', { outcome: 'answer' })).toBe(CELLS - 1);
    expect(total(last, 'aicodereval_model_requests_total', { outcome: 'ReplayMiss' })).toBe(1);
    expect(total(last, 'aicodereval_model_tokens_total', { kind: 'prompt' })).toBe(11 * (CELLS - 1));
    expect(total(last, 'aicodereval_model_request_cost_usd_sum')).toBeCloseTo((CELLS - 1) * 0.025, 9);
    expect(total(last, 'aicodereval_answer_cache_lookups_total', { result: 'miss' })).toBe(CELLS);
    const ok = [last, apart].map((one) => total(one, 'aicodereval_programs_total', { end_of_run: 'ok' }));
    expect((ok[0] ?? 0) + (ok[1] ?? 0)).toBe(15);
    expect(total(last, 'aicodereval_fork_server_starts_total', { result: 'started' })).toBeGreaterThan(0);
    expect(total(last, 'aicodereval_worker_up')).toBe(4);
  });

  test('shows the memory of each worker', () => {
    const memory = last.get('process_resident_memory_bytes')?.samples ?? [];
    expect(new Set(memory.map(({ labels }) => labels['role']))).toEqual(
      new Set(['control', 'gpu', 'model', 'sandbox']),
    );
    for (const { value } of memory) {
      expect(value).toBeGreaterThan(40e6);
      expect(value).toBeLessThan(4e9);
    }
    expect(apart.get('process_resident_memory_bytes')?.samples).toMatchObject([{ labels: { role: 'sandbox' } }]);
  });

  test('shows the leases of GPUs, and which are held', () => {
    const count = (name: string): number[] =>
      leasing.map((one) => total(one, `aicodereval_${name}`, { device_class: 'h100' }));
    expect(new Set(count('gpu_leases'))).toEqual(new Set([2]));
    const held = count('gpu_leases_held');
    expect(held.every((one) => one >= 0 && one <= 2)).toBe(true);
    expect(Math.max(...held)).toBe(2);
    expect(held.at(-1)).toBe(0);
  });

  test('a worker of a cluster has a page of its own', () => {
    expect(total(apart, 'aicodereval_worker_up', { role: 'sandbox' })).toBe(1);
    expect(total(apart, 'aicodereval_sandbox_slots', { role: 'sandbox' })).toBeGreaterThan(0);
    expect(total(apart, 'temporal_worker_start_total', { role: 'sandbox' })).toBeGreaterThan(0);
    expect(apart.has('aicodereval_cells_total')).toBe(false);
  });

  test('leaves nothing in use', () => {
    for (const name of ['model_requests_in_flight', 'sandbox_slots_in_use', 'sandbox_waiting'])
      expect([name, total(last, `aicodereval_${name}`)]).toEqual([name, 0]);
    expect(processes).toBe(0);
  });

  test('never counts backwards while it runs', () => {
    const cells = scrapes.map((one) => total(one, 'aicodereval_cells_total'));
    expect(cells.length).toBeGreaterThan(3);
    expect(cells).toEqual(cells.toSorted((a, b) => a - b));
  });

  test('shows every metric of ours that is documented, and none that is not, with their labels', () => {
    const pages = documented();
    const ours = [...pages.keys()].filter((name) => !name.startsWith('temporal_'));
    expect([...last.keys()].filter((name) => !name.startsWith('temporal_')).toSorted()).toEqual(ours.toSorted());
    expect([...last.keys()].filter((name) => !pages.has(name))).toEqual([]);
    const wrong = [...last.values()].flatMap(({ name, type, samples }) => {
      const { labels = [], type: said } = pages.get(name) ?? {};
      const found = new Set(samples.flatMap((one) => Object.keys(one.labels)).filter((label) => label !== 'le'));
      const isKnown = type === said && [...found].every((label) => labels.includes(label));
      // Temporal leaves out what it does not know.
      const isSame = isKnown && (found.size === labels.length || name.startsWith('temporal_'));
      return isSame ? [] : [`${name}: ${type} with ${[...found].join(', ')}`];
    });
    expect(wrong).toEqual([]);
  });

  test('tells nobody which task or sweep it was', () => {
    const values = [...last.values()].flatMap(({ samples }) => samples.flatMap(({ labels }) => Object.values(labels)));
    expect(values.filter((value) => /sum\/\d|watched|def add/.test(value))).toEqual([]);
  });
});

describe('--metrics', () => {
  test('refuses what is no address', async () => {
    const { code, stderr } = await runCli(['up', '--home', await newHome(), '--metrics', 'x']);
    expect(stderr).toContain('--metrics must be a port or HOST:PORT, not "x"');
    expect(code).toBe(2);
  });

  test('says that a port is taken, and leaves nothing behind', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await until('it listens', () => taken.address() !== null);
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : null;
    const home = await newHome();
    const { code, stderr } = await runCli(['up', '--home', home, '--metrics', String(port)]);
    taken.close();
    expect(stderr).toContain(`Metrics can't be served at 127.0.0.1:${port}.`);
    expect(code).toBe(3);
    expect(await processesOf(home)).toEqual([]);
  });
});
