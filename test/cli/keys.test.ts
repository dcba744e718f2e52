import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CellResult } from '../../domain/cell.js';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { readResults } from '../../infra/arrow/results.js';
import { connectToHome } from '../support/home-client.js';
import { HOSTS, type Host } from '../contracts/model-hosts.js';
import { type Ended, runCli, type Running, startCli, until } from '../support/cli.js';
import { type FaultServer, type Received, type Reply, startFaultServer } from '../support/fault-server.js';
import { collectHistories, payloadsOf } from '../support/histories.js';
import { homesWithTools } from '../support/home-with-tools.js';
import { ANSWERS, writeSweepFile, writeTasks } from '../support/sweep-files.js';

/** A key for each host, in the variable that the sweep names. */
const KEYS: Readonly<Record<string, readonly [variable: string, key: string]>> = {
  OpenAI: ['OPENAI_API_KEY', 'sk-marked-openai-0123+456/789'],
  Azure: ['AZURE_KEY', 'marked.azure.0123+456/789=='],
  Anthropic: ['ANTHROPIC_API_KEY', 'sk-ant-marked-0123+456/789'],
  Gemini: ['GEMINI_API_KEY', 'AIza-marked-gemini-0123+456/789'],
};
const ENV = Object.fromEntries(Object.values(KEYS));

/** Every host quotes what it was asked with, in what it answers as in its errors. */
const WAYS: Readonly<Record<string, (host: Host, key: string) => Reply>> = {
  right: (host, key) => ok(host.answer({ text: `# ${key}\n${ANSWERS.right}\nYour key is ${key}.`, thinking: key })),
  in_code: (host, key) => ok(host.answer({ text: ANSWERS.right.replace('return', `key = "${key}"\n    return`) })),
  unauthorised: (host, key) => failing(401, host, key),
  refused: (host, key) => failing(400, host, key),
  limited: (host, key) => failing(429, host, key),
  broken: (host, key) => failing(500, host, key),
  page: (_host, key) => ({ kind: 'raw', status: 200, body: `<html>${key} ${encodeURIComponent(key)}</html>` }),
  redirect: (_host, key) => ({ kind: 'raw', status: 302, headers: { location: `http://x/${key}` }, body: key }),
  raw: (_host, key) => ({ kind: 'raw', status: 200, headers: { 'content-length': '5' }, body: key }),
};

function ok(body: unknown): Reply {
  return { kind: 'raw', status: 200, body: JSON.stringify(body) };
}

function failing(status: number, host: Host, key: string): Reply {
  const base64 = Buffer.from(key).toString('base64');
  const message = `You sent ${key}, or ${encodeURIComponent(key)}, or ${base64}.`;
  return { kind: 'raw', status, body: JSON.stringify(host.error(status, message)) };
}

const newHome = homesWithTools();

describe('the keys of a sweep over every host, each of which quotes them', () => {
  const servers: FaultServer[] = [];
  const texts = new Map<string, string>();
  let results: CellResult[] = [];
  let ended: Ended;
  let up: Running;

  beforeAll(async () => {
    const home = await newHome();
    const models = [];
    for (const host of HOSTS) {
      const [variable = '', key = ''] = KEYS[host.name] ?? [];
      const reply = (received: Received): Reply => WAYS[wayOf(received)]?.(host, key) ?? { kind: 'reset' };
      const server = await startFaultServer({ reply });
      servers.push(server);
      models.push(...Object.keys(WAYS).map((way) => entry(host, way, server.baseUrl, variable)));
    }
    up = startCli(['up', '--home', home], { env: ENV });
    await until('the server is up', () => up.said().includes('Workers are up'));
    const tasks = [{ id: 'humaneval', file: writeTasks(home, 1) }];
    const file = writeSweepFile(home, { name: 'keys', suites: tasks, models, strategies: [{ id: 'direct' }] });
    ended = await runCli(['run', file, '--home', home], { env: ENV });
    results = await readResults(home, 'keys');
    await exportHistories(home, texts);
    up.child.kill('SIGINT');
    const { stdout, stderr } = await up.ended;
    texts.set('what the commands say', ended.stdout + ended.stderr + stdout + stderr);
    for (const path of filesOf(home)) texts.set(path, readFileSync(path, 'latin1'));
  }, 110_000);

  afterAll(() => Promise.all(servers.map((server) => server.close())));

  test('were sent, each to its own host alone', () => {
    expect(ended.code).toBe(0);
    for (const [index, host] of HOSTS.entries()) {
      const received = servers[index]?.received ?? [];
      expect(received.length).toBeGreaterThanOrEqual(Object.keys(WAYS).length);
      expect(new Set(received.map(({ headers }) => host.keyIn(headers)))).toEqual(new Set([KEYS[host.name]?.[1]]));
    }
  });

  test('stand in no file of the home, no history, no log and no message', () => {
    const forms = Object.values(ENV).flatMap((key) => [
      key,
      encodeURIComponent(key),
      Buffer.from(key).toString('base64'),
    ]);
    const found = [...texts].filter(([, text]) => forms.some((form) => text.includes(form)));
    expect(found.map(([place]) => place)).toEqual([]);
  });

  test('would have been found there: what was said around them is', () => {
    const places = (word: string): string[] => [...texts.keys()].filter((place) => texts.get(place)?.includes(word));
    expect(places('Your key is [key].').join()).toContain('/store/');
    expect(places('You sent [key], or [key], or [key].').join()).toMatch(/cells-\d+\.arrow/);
    expect(places('You sent [key], or [key], or [key].').join()).toContain('temporal.db');
    expect(places('You sent [key], or [key], or [key].').join()).toContain('history of');
    expect(texts.size).toBeGreaterThan(HOSTS.length * Object.keys(WAYS).length);
  });

  test('take no cell with them', () => {
    expect(results).toHaveLength(HOSTS.length * Object.keys(WAYS).length);
    for (const { cell, verdict, message } of results) {
      const isAnswered = cell.model.endsWith('right') || cell.model.endsWith('in_code');
      expect([cell.model, verdict, message === null]).toEqual([
        cell.model,
        isAnswered ? 'pass' : 'unscored',
        isAnswered,
      ]);
    }
  });
});

function entry(host: Host, way: string, baseUrl: string, variable: string) {
  const { id = '', apiVersion } = host.spec;
  return {
    id: id.replace('test-model', way),
    label: `${host.name}-${way}`,
    base_url: baseUrl,
    api_key_env: variable,
    give_up_after: '8s',
    ...(apiVersion === undefined ? {} : { api_version: apiVersion }),
  };
}

/** The model of a request: in its body, or in its address. */
function wayOf({ body, path }: Received): string {
  const { model } = body;
  return typeof model === 'string' ? model : (/models\/(\w+):/.exec(path)?.[1] ?? '');
}

/** Every history of the sweep, as JSON and with its payloads as they were before. */
async function exportHistories(home: string, into: Map<string, string>): Promise<void> {
  const { client, connection } = await connectToHome(home);
  for (const [id, history] of await collectHistories(client, 'keys')) {
    const payloads = payloadsOf(history).map((bytes) => Buffer.from(bytes).toString('utf8'));
    into.set(`history of ${id}`, [historyToJSON(history), ...payloads].join('\n'));
  }
  await connection.close();
}

/** All files of a home but the tools, which other homes share. */
function filesOf(home: string): string[] {
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => join(found.parentPath, found.name));
}
