import { appendFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server says once: an answer, bytes of the test's own, or nothing. */
export type Reply =
  | { readonly kind: 'answer'; readonly text: string; readonly finishReason?: string }
  | {
      readonly kind: 'raw';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string | Uint8Array;
    }
  /** Takes the request and stays silent. */
  | { readonly kind: 'hang' }
  /** Closes the connection without an answer. */
  | { readonly kind: 'reset' }
  /** Closes the connection in the middle of the answer. */
  | { readonly kind: 'cut' }
  /** Goes silent in the middle of the answer. */
  | { readonly kind: 'stall' };

export interface Received {
  /** The request's Idempotency-Key. */
  readonly key: string;
  /** How often this key was asked for, this time included. */
  readonly count: number;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage['headers'];
  readonly path: string;
}

export interface FaultServer {
  /** For a spec's `baseUrl`, e.g. "http://127.0.0.1:40001/v1". */
  readonly baseUrl: string;
  readonly received: readonly Received[];
  /** How often each key was asked for; also answered as JSON to `GET /__counts`. */
  counts(): Record<string, number>;
  /** Requests whose connection closed before their answer was whole. */
  abandoned(): number;
  /** Most requests that ever waited for their answer at the same time. */
  peak(): number;
  close(): Promise<void>;
}

const BLOCK = '```python\ndef f():\n    return 1\n```\n';
const hour = { 'retry-after': '3600' };
const html = { 'content-type': 'text/html' };

/** Every fault, and every odd but valid answer, that a host is known for. */
export const REPLIES = {
  ok: { kind: 'answer', text: BLOCK },
  hang: { kind: 'hang' },
  reset: { kind: 'reset' },
  cut: { kind: 'cut' },
  stall: { kind: 'stall' },
  html: { kind: 'raw', status: 200, headers: html, body: '<html><body>Welcome to the hotel Wi-Fi</body></html>' },
  unauthorised: { kind: 'raw', status: 401, body: '{"error":{"message":"Incorrect API key"}}' },
  'bad-request': { kind: 'raw', status: 400, body: '{"error":{"message":"This model knows no seed"}}' },
  'rate-limited': { kind: 'raw', status: 429, headers: hour, body: '{"error":{"message":"Too many requests"}}' },
  'server-error': { kind: 'raw', status: 500, body: 'oops' },
  'truncated-json': { kind: 'raw', status: 200, body: '{"choices":[{"message":{"content":"def' },
  'no-choices': { kind: 'raw', status: 200, body: '{"choices":[]}' },
  'wrapped-error': { kind: 'raw', status: 200, body: '{"error":{"code":502,"message":"Provider returned error"}}' },
  'invalid-utf8': { kind: 'raw', status: 200, body: completionBytes(Buffer.from([0x61, 0xff, 0xfe, 0x62])) },
  empty: { kind: 'answer', text: '' },
  prose: { kind: 'answer', text: 'I am sorry, but I would rather talk about the weather.' },
  'ten-blocks': { kind: 'answer', text: BLOCK.repeat(10) },
  megabyte: { kind: 'answer', text: `${BLOCK}${'# padding\n'.repeat(100_000)}` },
  huge: { kind: 'answer', text: 'x'.repeat(9 * 1024 * 1024) },
} as const satisfies Record<string, Reply>;
export type ReplyName = keyof typeof REPLIES;

/**
 * A local host of an OpenAI-compatible model that answers, or misbehaves, as `reply` says for each request, after
 * `delayMs`. With `logFile`, a line "<epoch ms> <key>" is appended for each request as it arrives.
 */
export async function startFaultServer(options: {
  readonly reply: (received: Received) => Reply;
  readonly port?: number;
  readonly delayMs?: number;
  readonly logFile?: string;
}): Promise<FaultServer> {
  const received: Received[] = [];
  const counts = new Map<string, number>();
  let abandoned = 0;
  let waiting = 0;
  let peak = 0;
  const receive = async (request: IncomingMessage): Promise<Received> => {
    const body = await readBody(request);
    const key = decodeURIComponent(String(request.headers['idempotency-key'] ?? ''));
    if (options.logFile !== undefined) appendFileSync(options.logFile, `${Date.now()} ${key}\n`);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const messages = (body['messages'] ?? []) as Received['messages'];
    const one = { key, count, messages, body, headers: request.headers, path: request.url ?? '' };
    received.push(one);
    return one;
  };
  const server = createServer((request, response) => {
    if (request.url === '/__counts') {
      response.end(JSON.stringify(Object.fromEntries(counts)));
      return;
    }
    waiting += 1;
    peak = Math.max(peak, waiting);
    response.on('close', () => {
      waiting -= 1;
      abandoned += response.writableFinished ? 0 : 1;
    });
    void receive(request).then((one) => setTimeout(() => send(response, options.reply(one)), options.delayMs ?? 0));
  });
  await listen(server, options.port ?? 0);
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    received,
    counts: () => Object.fromEntries(counts),
    abandoned: () => abandoned,
    peak: () => peak,
    close: () => close(server),
  };
}

/** Replies one after the other for each key; the last one stays. */
export function inTurn(...names: readonly ReplyName[]): (received: Received) => Reply {
  return ({ count }) => REPLIES[names[Math.min(count, names.length) - 1] ?? 'ok'];
}

function send(response: ServerResponse, reply: Reply): void {
  switch (reply.kind) {
    case 'hang':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'cut':
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"choices":[', () => response.socket?.destroy());
      return;
    case 'stall':
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"choices":[');
      return;
    case 'raw':
      response.writeHead(reply.status, reply.headers ?? { 'content-type': 'application/json' }).end(reply.body);
      return;
    case 'answer':
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(completionBytes(Buffer.from(JSON.stringify(reply.text).slice(1, -1)), reply.finishReason));
  }
}

function completionBytes(content: Uint8Array, finishReason = 'stop'): Buffer {
  const usage = { prompt_tokens: 11, completion_tokens: Math.ceil(content.length / 4), total_tokens: 0 };
  const tail = `"},"finish_reason":"${finishReason}"}],"usage":${JSON.stringify(usage)},"model":"fake-1"}`;
  const head = '{"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"';
  return Buffer.concat([Buffer.from(head), content, Buffer.from(tail)]);
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Record<string, unknown>;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve()));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
