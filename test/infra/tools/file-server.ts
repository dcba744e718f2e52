import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the server treats one request for the file. */
export type Manner =
  | { readonly kind: 'serve' }
  /** Sends this many bytes and breaks the connection. */
  | { readonly kind: 'cut'; readonly after: number }
  /** Sends this many bytes and stays silent. */
  | { readonly kind: 'stall'; readonly after: number }
  /** Sends the whole file, whatever range was asked. */
  | { readonly kind: 'no-range' }
  | { readonly kind: 'status'; readonly status: number }
  /** Accepts the connection and never answers. */
  | { readonly kind: 'silent' };

export interface FileServer {
  readonly url: string;
  /** The Range header of each request, in order; "" where there was none. */
  readonly ranges: string[];
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
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range ?? '');
    const manner = manners[Math.min(ranges.length, manners.length) - 1] ?? { kind: 'serve' };
    treat(content, manner, request, response);
    for (const { count, resolve } of waiting) if (ranges.length >= count) setImmediate(resolve);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`,
    ranges,
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
  if (manner.kind === 'silent') return;
  if (manner.kind === 'status') {
    response.writeHead(manner.status).end('no');
    return;
  }
  const asked = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const start = manner.kind === 'no-range' ? 0 : asked;
  const rest = content.subarray(start);
  const range = { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` };
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': rest.length, ...(start > 0 ? range : {}) });
  if (manner.kind === 'serve' || manner.kind === 'no-range') response.end(rest);
  else
    response.write(rest.subarray(0, manner.after), () => manner.kind === 'cut' && response.socket?.resetAndDestroy());
}
