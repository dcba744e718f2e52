import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { openSession, type Session } from '../../cli/session.js';
import { readConfig } from '../../infra/config.js';
import { acquireLock } from '../../infra/lock.js';
import { createLogger } from '../../infra/log.js';
import { processesOf } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';

const newHome = homesWithTools();
const sessions: Session[] = [];
afterEach(async () => {
  for (const session of sessions.splice(0)) await session.close();
});

async function open(home: string): Promise<Session> {
  const config = { ...readConfig(home), cluster: null };
  const log = createLogger({ ...config.logs, level: 'silent' }, 'test');
  const session = await openSession({ config, log, crews: [] });
  sessions.push(session);
  return session;
}

/** A session that hosts a new home, and another one that is attached to it. */
async function openTwo(): Promise<{ home: string; host: Session; attached: Session }> {
  const home = await newHome();
  const host = await open(home);
  const attached = await open(home);
  expect([host.isHost, attached.isHost]).toEqual([true, false]);
  return { home, host, attached };
}

/** Asks for what is not there; the server is stopped, so that the call is under way when it dies with its host. */
async function askWhileHostDies(
  { home, host, attached }: Awaited<ReturnType<typeof openTwo>>,
  asked: Client[] = [],
): Promise<{ error: unknown }> {
  for (const pid of await processesOf(home)) process.kill(pid, 'SIGSTOP');
  const answer = attached.ask(async (client) => {
    asked.push(client);
    return client.workflow.getHandle('nothing').describe();
  });
  const failed = answer.then(
    () => ({ error: null }),
    (error: unknown) => ({ error }),
  );
  await host.close();
  sessions.splice(sessions.indexOf(host), 1);
  return failed;
}

test('what is under way when the server dies with its host is done again with the server that takes its place', async () => {
  const two = await openTwo();
  const asked: Client[] = [];
  expect(await askWhileHostDies(two, asked)).toMatchObject({ error: { name: 'WorkflowNotFoundError' } });
  expect(asked).toHaveLength(2);
  expect(asked[1]).toBe(two.attached.client);
  expect(asked[1]).not.toBe(asked[0]);
});

test('where the server cannot be taken over, whoever waits for it or asks again is told', async () => {
  const two = await openTwo();
  const database = join(two.home, 'temporal.db');
  renameSync(database, `${database}.away`);
  mkdirSync(database);
  const { error } = await askWhileHostDies(two);
  expect(error).toMatchObject({ name: 'UserError', exitCode: 3, message: expect.stringContaining('take its place') });
  expect(() => two.attached.client).toThrow('take its place');
});

test('a command that meets another one which ends before it has answered hosts the home itself', async () => {
  const home = await newHome();
  const lock = await acquireLock(`${home} host`);
  const brief = createServer((socket) => {
    socket.destroy();
    brief.close(() => void lock?.release());
  });
  await new Promise<void>((resolve) => brief.listen(0, '127.0.0.1', resolve));
  const { port } = brief.address() as AddressInfo;
  writeFileSync(join(home, 'host.json'), JSON.stringify({ pid: process.pid, grpc: port, ui: port }));
  expect((await open(home)).isHost).toBe(true);
});
