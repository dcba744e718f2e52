import { afterEach, expect, test } from '@jest/globals';
import { CONTROL_QUEUE } from '../../domain/queues.js';
import { workflowPollers } from '../../infra/temporal/pollers.js';
import { readHostFile } from '../../workers/host.js';
import { runCli, type Running, startCli, until } from '../support/cli.js';
import { connectToHome } from '../support/home-client.js';
import { homesWithTools } from '../support/home-with-tools.js';

const newHome = homesWithTools();
const started: Running[] = [];
afterEach(() => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
});

test('a second machine is refused the role control, by the name of the first; one machine may run it twice', async () => {
  const home = await newHome();
  const up = startCli(['up', '--home', home], { limitMs: 0 });
  started.push(up);
  await until('the workers are up', () => up.said().includes('Workers are up'));
  const env = { TEMPORAL_ADDRESS: `127.0.0.1:${(await readHostFile(home))?.grpc}` };
  const second = startCli(['worker', '--role', 'control', '--home', home], { env, limitMs: 0 });
  started.push(second);

  const { client, connection } = await connectToHome(home);
  const identities = (): Promise<string[]> => workflowPollers(client.workflowService, 'default', CONTROL_QUEUE);
  await until('both poll', async () => (await identities()).filter((name) => name.includes('-control-')).length >= 2);
  // A worker on another machine, as the server sees and remembers it: a queue has parts, and each poll asks one of them.
  const name = 'box-2-control-7-abc';
  const poll = { namespace: 'default', taskQueue: { name: CONTROL_QUEUE }, identity: name };
  const polls = Array.from({ length: 16 }, () =>
    connection
      .withDeadline(Date.now() + 20_000, () => client.workflowService.pollWorkflowTaskQueue(poll))
      .catch(() => undefined),
  );
  await until('it polls', async () => (await identities()).includes(name));
  const refused = await runCli(['worker', '--role', 'control,model', '--home', home], { env });
  expect(refused).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('runs on box-2, and may run on one machine'),
  });
  await connection.close();
  await Promise.all(polls);
}, 110_000);
