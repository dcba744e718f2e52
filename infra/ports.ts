import { createServer } from 'node:net';

/** A port of 127.0.0.1 that is free at this moment: the wished one, or with 0 any; null if there is none. */
export function freePort(wished: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port: wished, host: '127.0.0.1' }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(bound));
    });
  });
}
