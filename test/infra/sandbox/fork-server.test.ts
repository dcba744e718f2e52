import { spawn } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { ForkServer } from '../../../infra/sandbox/fork-server.js';
import { encodeFrame } from '../../../infra/sandbox/frames.js';
import { ofChild } from '../../../infra/sandbox/runner-process.js';
import { jobOf } from '../../contracts/sandbox-bench.js';

const JOB = jobOf('', '');
const READY = { kind: 'ready', python: '3.11.0' };

/** A process that says `first`, waits for a job, says `answers`, and ends when its input does. */
function start(first: unknown, answers: readonly unknown[] = []): Promise<ForkServer> {
  const script = `
    const [first, rest] = process.argv.slice(1).map((text) => Buffer.from(text, 'base64'));
    process.stdout.write(first);
    process.stderr.write('last\\nwords');
    process.stdin.once('data', () => rest.length ? process.stdout.write(rest) : process.exit(7));`;
  const rest = Buffer.concat(answers.map((answer) => encodeFrame(answer)));
  const texts = [encodeFrame(first), rest].map((bytes) => bytes.toString('base64'));
  return ForkServer.start(ofChild(spawn(process.execPath, ['-e', script, ...texts])));
}

test.each([
  ['rubbish', { hello: 1 }],
  ['another message', { kind: 'cancelled', id: 'x' }],
])('a server that begins with %s is SandboxUnavailable', async (_, first) => {
  await expect(start(first)).rejects.toMatchObject({ type: 'SandboxUnavailable' });
});

test('a server that ends in a run is SandboxLost, with its last words', async () => {
  const server = await start(READY);
  const running = server.run(JOB);
  await expect(running).rejects.toMatchObject({
    type: 'SandboxLost',
    message: expect.stringMatching(/exit code 7 \(last \| words\)/),
  });
  expect(server.isAlive).toBe(false);
  await expect(server.run(JOB)).rejects.toMatchObject({ type: 'SandboxLost' });
});

test.each([
  ['no message', { kind: 'report', id: JOB.id, report: {} }],
  ['the answer to another job', { kind: 'cancelled', id: 'other' }],
])('a server that sends %s is not trusted again', async (_, answer) => {
  const server = await start(READY, [answer]);
  await expect(server.run(JOB)).rejects.toMatchObject({ type: 'SandboxLost' });
  expect(server.isAlive).toBe(false);
});

test('a wall that could not be made is SandboxUnavailable, and no fault of the server', async () => {
  const server = await start(READY, [{ kind: 'broken', id: JOB.id, message: 'unshare: not permitted' }]);
  await expect(server.run(JOB)).rejects.toMatchObject({
    type: 'SandboxUnavailable',
    message: expect.stringMatching(/unshare: not permitted/),
  });
  expect(server.isAlive).toBe(true);
  await server.kill();
  expect(server.isAlive).toBe(false);
});
