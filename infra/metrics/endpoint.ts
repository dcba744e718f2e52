import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { packageVersion } from '../package-path.js';
import { UserError } from '../errors.js';
import { mergeExpositions, renderFamily, type Samples } from './exposition.js';

/** Where metrics are served. */
export interface MetricsAddress {
  readonly host: string;
  /** 0 lets the system pick one. */
  readonly port: number;
}

/** A worker whose metrics are shown. */
export interface MetricsSource {
  readonly role: string;
  /** Where its own exporter listens, on loopback. */
  readonly port: number;
  readonly pid: number;
  /** How often it was started. */
  readonly starts: number;
}

/** Metrics being served. */
export interface MetricsEndpoint {
  /** What to scrape. */
  readonly url: string;
  close(): Promise<void>;
}

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
/** Below the ten seconds that a scrape may take unless told otherwise. */
const PATIENCE_MS = 5_000;

/** "9464", "0.0.0.0:9464" or "[::1]:9464" -> an address; on loopback unless a host is named. Throws UserError (exit 2). */
export function parseMetricsAddress(text: string): MetricsAddress {
  const { host = '127.0.0.1', port = '' } =
    /^(?:\[?(?<host>[^\s[\]]+?)\]?:)?(?<port>\d{1,5})$/.exec(text)?.groups ?? {};
  if (port !== '' && Number(port) <= 65_535) return { host, port: Number(port) };
  throw new UserError(`--metrics must be a port or HOST:PORT, not "${text}".`, {
    hint: 'For example: --metrics 9464, or --metrics 0.0.0.0:9464 to be scraped from another machine.',
    exitCode: 2,
  });
}

/** Serves the metrics of workers, and which of them answer, as one page. Throws UserError (exit 3) where it can't listen. */
export async function serveMetrics(
  address: MetricsAddress,
  sources: () => readonly MetricsSource[],
): Promise<MetricsEndpoint> {
  const server = createServer(answerWith(sources));
  await listen(server, address);
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : address.port;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return {
    url: `http://${host}:${port}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerWith(sources: () => readonly MetricsSource[]): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '').split('?')[0];
    if (path !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('The metrics are at /metrics.\n');
      return;
    }
    void page(sources()).then((text) => response.writeHead(200, { 'content-type': CONTENT_TYPE }).end(text));
  };
}

function listen(server: Server, { host, port }: MetricsAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new UserError(`Metrics can't be served at ${host}:${port}.`, {
          hint: 'Give --metrics another port: this one is taken, or not for you.',
          exitCode: 3,
          cause,
        }),
      ),
    );
    server.listen({ host, port }, resolve);
  });
}

/** Null from one that is just being started, hangs, or is gone. */
async function scrape(port: number): Promise<string | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

/** Bytes of a process that are in RAM, as Linux counts them; null of one that is gone. */
async function residentBytes(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const { kib } = /^VmRSS:\s+(?<kib>\d+) kB$/m.exec(status)?.groups ?? {};
  return kib === undefined ? null : Number(kib) * 1024;
}

async function page(sources: readonly MetricsSource[]): Promise<string> {
  const texts = await Promise.all(sources.map(({ port }) => scrape(port)));
  const resident = await Promise.all(sources.map(({ pid }) => residentBytes(pid)));
  const isUp = (at: number): number => (typeof texts[at] === 'string' ? 1 : 0);
  return mergeExpositions([
    renderFamily('aicodereval_build_info', [[{ version: packageVersion() }, 1]]),
    renderFamily(
      'aicodereval_worker_up',
      sources.map(({ role }, at) => [{ role }, isUp(at)]),
    ),
    renderFamily(
      'aicodereval_worker_starts_total',
      sources.map(({ role, starts }) => [{ role }, starts]),
    ),
    renderFamily(
      'process_resident_memory_bytes',
      sources.flatMap(({ role }, at): Samples => {
        const bytes = resident[at] ?? null;
        return bytes === null ? [] : [[{ role }, bytes]];
      }),
    ),
    ...texts.flatMap((text) => text ?? []),
  ]);
}
