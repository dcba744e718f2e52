import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../infra/errors.js';
import { hasCode, isAlive } from '../infra/fs.js';
import { contentPolicy, reportPage } from '../report/page/document.js';
import { readHostFile } from '../workers/host.js';
import type { CommandContext } from './context.js';
import { cellAddress, detailsOf, type TemporalUi } from './html-report.js';
import { Interrupt } from './interrupt.js';
import { LiveSweep } from './live-sweep.js';
import { readPageScript } from './page-script.js';
import { findSource } from './sources.js';

/** What is watched, and where. */
export interface WatchOptions {
  readonly sweep: string;
  /** 0 to 65,535; 0 for any that is free. */
  readonly port: number;
  /** Null for the one of the home's own server, if it runs. */
  readonly ui: TemporalUi | null;
}

/** Serves the page of a sweep on this machine alone, with what the sweep has come to so far, until the user interrupts. */
export async function watchReport(context: CommandContext, { sweep, port, ui }: WatchOptions): Promise<void> {
  const { home, manifest } = await findSource(sweep, context.config.home);
  const temporal = cellAddress(ui ?? (await ownUi(home)));
  const live = new LiveSweep(home, manifest, temporal);
  const script = await readPageScript();
  const server = createServer((request, response) => {
    answer({ live, home, script }, request, response).catch((error: unknown) => {
      context.log.error({ error: String(error) }, 'the page could not be made');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const interrupt = new Interrupt();
  try {
    const url = await listen(server, port);
    context.print({ url }, `${url}  (Ctrl-C ends it)`);
    while (!interrupt.seen) await interrupt.sleep(60_000);
  } finally {
    server.closeAllConnections();
    server.close();
    interrupt.dispose();
  }
}

/** Temporal's UI of the home's server, while a command hosts one. */
async function ownUi(home: string): Promise<TemporalUi | null> {
  const host = await readHostFile(home);
  return host !== null && isAlive(host.pid) ? { url: `http://127.0.0.1:${host.ui}`, namespace: 'default' } : null;
}

async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if (!hasCode(error, 'EADDRINUSE') && !hasCode(error, 'EACCES')) throw error;
    throw new UserError(`Port ${port} can't be listened on.`, {
      hint: 'Leave --port out for any that is free.',
      exitCode: 3,
      cause: error,
    });
  }
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

interface Served {
  readonly live: LiveSweep;
  readonly home: string;
  readonly script: string;
}

const HEADERS = {
  'Cache-Control': 'no-cache',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

async function answer(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { live, home, script } = served;
  const refuse = (status: number): void => void response.writeHead(status, HEADERS).end();
  // A page of the internet may name this machine as its own host, and read what a model wrote.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(request.headers.host ?? '')) return refuse(403);
  if (request.method !== 'GET') return refuse(405);
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { data, json, tag, results } = await live.current();
  if (pathname === '/') {
    const headers = {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentPolicy(data, script),
    };
    response.writeHead(200, { ...HEADERS, ...headers }).end(reportPage(data, script));
  } else if (pathname === '/data') {
    const isKnown = request.headers['if-none-match'] === tag;
    response.writeHead(isKnown ? 304 : 200, { ...HEADERS, ETag: tag, 'Content-Type': 'application/json' });
    response.end(isKnown ? undefined : json);
  } else if (pathname === '/cell') {
    const found = results.find(({ cell }) => cell.cellId === searchParams.get('id'));
    if (found === undefined) return refuse(404);
    const part = JSON.stringify(await detailsOf(home, [found]));
    response.writeHead(200, { ...HEADERS, 'Content-Type': 'application/json' }).end(part);
  } else refuse(404);
}
