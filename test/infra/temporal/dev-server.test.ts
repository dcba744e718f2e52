import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { reservePorts } from '../../../infra/temporal/dev-server.js';
import { freePorts } from '../../support/free-ports.js';

test('a reserved port is not given again although nobody listens on it, until it is released', async () => {
  const wished = await freePorts();
  const first = await reservePorts(wished);
  expect(first.ports).toEqual(wished);
  const second = await reservePorts(wished);
  const taken = [first.ports.grpc, first.ports.ui, second.ports.grpc, second.ports.ui];
  expect(new Set(taken).size).toBe(4);
  await first.release();
  const third = await reservePorts(wished);
  expect(third.ports).toEqual(wished);
  await Promise.all([second.release(), third.release()]);
});

test('a port on which another program listens is passed over', async () => {
  const wished = await freePorts();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen({ port: wished.grpc, host: '127.0.0.1' }, resolve));
  const { ports, release } = await reservePorts(wished);
  expect(ports.grpc).not.toBe(wished.grpc);
  expect(ports.ui).toBe(wished.ui);
  await release();
  other.close();
});
