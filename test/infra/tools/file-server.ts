import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the server treats one request for the file. */
export type Manner =
  /** With headers of the test's own, such as the hub's ETag. */
  | { readonly kind: 'serve'; readonly headers?: Readonly<Record<string, string>> }
  /** Sends a body and headers of the test's own with status 200. */
  | { readonly kind: 'other'; readonly body: string; readonly headers: Readonly<Record<string, string>> }
  /** Sends the file, this many bytes every 10 ms. */
  | { readonly kind: 'drip'; readonly bytes: number }
  | { readonly kind: 'redirect'; readonly to: string; readonly headers?: Readonly<Record<string, string>> }
  /** Sends this many bytes and breaks the connection. */
  | { readonly kind: 'cut'; readonly after: number; readonly headers?: Readonly<Record<string, string>> }
  /** Sends this many bytes and stays silent. */
  | { readonly kind: 'stall'; readonly after: number }
  /** Sends the whole file, whatever range was asked. */
  | { readonly kind: 'no-range' }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Accepts the connection and never answers. */
  | { readonly kind: 'silent' };

export interface FileServer {
  readonly url: string;
  /** The Range header of each request, in order; "" where there was none. */
  readonly ranges: string[];
  /** Path and headers of each request, in order. */
  readonly requests: { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  /** Resolves when the request of this number (from 1) has been treated. */
  treated(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Bytes that look random, always the same for one size. */
export function someBytes(size: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, index) =>
    createHash('sha256').update(String(index)).digest(),
  );
  return Buffer.concat(blocks).subarray(0, size);
}

/** Serves one file in a manner that may change with each request; the last manner stays. */
export async function startFileServer(content: Buffer, ...manners: readonly Manner[]): Promise<FileServer> {
  const ranges: string[] = [];
  const requests: FileServer['requests'] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range ?? '');
    requests.push({ path: request.url ?? '', headers: request.headers });
    const manner = manners[Math.min(ranges.length, manners.length) - 1] ?? { kind: 'serve' };
    treat(content, manner, request, response);
    for (const { count, resolve } of waiting) if (ranges.length >= count) setImmediate(resolve);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`,
    ranges,
    requests,
    treated: (count) =>
      new Promise((resolve) => (ranges.length >= count ? resolve() : waiting.push({ count, resolve }))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function treat(content: Buffer, manner: Manner, request: IncomingMessage, response: ServerResponse): void {
  switch (manner.kind) {
    case 'silent':
      return;
    case 'status':
      response.writeHead(manner.status, manner.headers).end('no');
      return;
    case 'redirect':
      response.writeHead(302, { ...manner.headers, location: manner.to }).end('elsewhere');
      return;
    case 'other':
      response.writeHead(200, manner.headers).end(manner.body);
      return;
    case 'serve':
    case 'no-range':
    case 'drip':
    case 'cut':
    case 'stall':
      sendFile(content, manner, request, response);
  }
}

type Sending = Extract<Manner, { kind: 'serve' | 'no-range' | 'drip' | 'cut' | 'stall' }>;

function sendFile(content: Buffer, manner: Sending, request: IncomingMessage, response: ServerResponse): void {
  const asked = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const own: Readonly<Record<string, string>> = ('headers' in manner ? manner.headers : undefined) ?? {};
  const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === own['etag'];
  const start = manner.kind === 'no-range' || !isSame ? 0 : asked;
  const rest = content.subarray(start);
  const range = { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` };
  const headers = { 'content-length': rest.length, ...(start > 0 ? range : {}), ...own };
  response.writeHead(start > 0 ? 206 : 200, headers);
  if (manner.kind === 'serve' || manner.kind === 'no-range') response.end(rest);
  else if (manner.kind === 'drip') drip(rest, manner.bytes, response);
  else
    response.write(rest.subarray(0, manner.after), () => manner.kind === 'cut' && response.socket?.resetAndDestroy());
}

function drip(rest: Buffer, bytes: number, response: ServerResponse): void {
  if (rest.length <= bytes) response.end(rest);
  else response.write(rest.subarray(0, bytes), () => setTimeout(() => drip(rest.subarray(bytes), bytes, response), 10));
}
