import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { withoutKeys } from '../../../infra/config.js';
import { connect, type TemporalClient, untilAnswering } from '../../../infra/temporal/connect.js';
import { type ReservedPorts, reservePorts, startDevServer } from '../../../infra/temporal/dev-server.js';
import { ensureTool } from '../../../infra/tools/tool.js';
import { homesWithTools } from '../../support/home-with-tools.js';

const newHome = homesWithTools();
const reserved: ReservedPorts[] = [];
afterEach(() => Promise.all(reserved.splice(0).map(({ release }) => release())));

/** A client of a server of its own, and what kills that one. */
async function openServer(): Promise<TemporalClient & { kill: () => Promise<void>; stop: () => void }> {
  const home = await newHome();
  const taken = await reservePorts();
  reserved.push(taken);
  const binary = await ensureTool('temporal', { home });
  const server = await startDevServer({ home, binary, ports: taken.ports, env: withoutKeys(process.env) });
  const connection = { address: `127.0.0.1:${taken.ports.grpc}` };
  await untilAnswering(connection, () => server.exitCode === null);
  const kill = async (): Promise<void> => {
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };
  return { ...(await connect({ connection, namespace: 'default' })), kill, stop: () => server.kill('SIGSTOP') };
}

test('a call that is due to be tried again after its connection was closed ends with an error, as one does that begins then', async () => {
  const { client, connection, stop, kill } = await openServer();
  const ask = (): Promise<unknown> =>
    client.workflow
      .getHandle('nothing')
      .describe()
      .catch((error: unknown) => error);
  stop();
  const underWay = ask();
  await Promise.all([kill(), connection.close()]);
  const closed = { name: 'ServiceError', cause: { code: 1, details: expect.stringContaining('shut down') } };
  expect(await underWay).toMatchObject(closed);
  expect(await ask()).toMatchObject(closed);
});
