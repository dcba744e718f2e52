import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from '@jest/globals';
import { type MetricsSource, parseMetricsAddress, serveMetrics } from '../../../infra/metrics/endpoint.js';
import { mergeExpositions } from '../../../infra/metrics/exposition.js';
import { freePort } from '../../../infra/ports.js';
import { parseExposition, total } from '../../support/exposition.js';

test.each([
  ['9464', { host: '127.0.0.1', port: 9464 }],
  ['0', { host: '127.0.0.1', port: 0 }],
  ['0.0.0.0:9464', { host: '0.0.0.0', port: 9464 }],
  ['[::1]:80', { host: '::1', port: 80 }],
  ['worker-3.example:65535', { host: 'worker-3.example', port: 65_535 }],
])('%s is an address', (text, address) => {
  expect(parseMetricsAddress(text)).toEqual(address);
});

test.each(['', 'x', '70000', 'localhost:', ':9464', '-1', '9464/metrics', 'a b:1'])('"%s" is none', (text) => {
  expect(() => parseMetricsAddress(text)).toThrow(`--metrics must be a port or HOST:PORT, not "${text}"`);
});

test('one metric of two workers stands in one place', () => {
  const of = (role: string, count: number): string =>
    `# HELP a_total A.\n# TYPE a_total counter\na_total{role="${role}"} ${count}\n` +
    `# HELP b B.\n# TYPE b gauge\nb{role="${role}"} 1\n`;
  const merged = mergeExpositions([of('x', 2), of('y', 3)]);
  expect(() => parseExposition(of('x', 2) + of('y', 3))).toThrow('a_total stands in two places');
  const found = parseExposition(merged);
  expect([total(found, 'a_total'), total(found, 'a_total', { role: 'y' }), total(found, 'b')]).toEqual([5, 3, 2]);
});

test('a worker that does not answer is down, and the others are shown', async () => {
  const well = createServer((_, response) => response.end('# HELP a_total A.\n# TYPE a_total counter\na_total 7\n'));
  await new Promise<void>((resolve) => well.listen(0, '127.0.0.1', resolve));
  const address = well.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const gone = spawn('true');
  await once(gone, 'exit');
  const sources: MetricsSource[] = [
    { role: 'control', port, pid: process.pid, starts: 1 },
    { role: 'model', port: (await freePort(0)) ?? 0, pid: gone.pid ?? 0, starts: 4 },
  ];
  const endpoint = await serveMetrics({ host: '127.0.0.1', port: 0 }, () => sources);
  const found = parseExposition(await (await fetch(endpoint.url)).text());
  expect(total(found, 'aicodereval_worker_up', { role: 'control' })).toBe(1);
  expect(total(found, 'aicodereval_worker_up', { role: 'model' })).toBe(0);
  expect(total(found, 'aicodereval_worker_starts_total', { role: 'model' })).toBe(4);
  expect(total(found, 'a_total')).toBe(7);
  const memory = found.get('process_resident_memory_bytes')?.samples ?? [];
  expect(memory.map(({ labels }) => labels)).toEqual([{ role: 'control' }]);
  expect((memory[0]?.value ?? 0) / process.memoryUsage.rss()).toBeCloseTo(1, 0);
  expect((await fetch(endpoint.url.replace('/metrics', '/'))).status).toBe(404);
  expect((await fetch(endpoint.url, { method: 'POST' })).status).toBe(404);
  await endpoint.close();
  well.close();
});
