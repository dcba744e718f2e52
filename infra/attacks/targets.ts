import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Things of this host that a program tries to reach, and what shows that it did. */
export interface Targets {
  /** Where they are: what the program is told. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** What of them was reached, given all that the program printed; empty if nothing was. */
  evidence(printed: string): Promise<string[]>;
  close(): Promise<void>;
}

/** A connection that was made a moment ago is accepted by now. */
const SETTLE_MS = 20;

/**
 * Plants secrets, an open folder and listeners for one run, below `parent`. `environment` holds texts that only the
 * sandbox's own processes have in their environment.
 */
export async function openTargets(parent: string, environment: readonly string[]): Promise<Targets> {
  const folder = await plant(parent);
  const token = randomUUID();
  const mark = `86400.${Math.floor(Math.random() * 1e12)}`;
  await writeFile(join(folder, 'secret'), token);
  await writeFile(join(folder, 'private'), token, { mode: 0o600 });
  const listeners = await openListeners(join(folder, 'socket'));
  const secrets = [token, ...environment];
  return {
    facts: { folder, mark, token, ...listeners.addresses },
    evidence: async (printed) => {
      await sleep(SETTLE_MS);
      return [
        ...(secrets.some((secret) => printed.includes(secret)) ? ['read'] : []),
        ...((await readdir(join(folder, 'open'))).length > 0 ? ['written'] : []),
        ...new Set(listeners.contacts),
        ...((await isRunning(mark)) ? ['still running'] : []),
      ];
    },
    close: async () => {
      listeners.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A folder that anybody may pass, with one that anybody may write to. */
async function plant(parent: string): Promise<string> {
  const folder = await mkdtemp(join(parent, 'aicodereval-attack-'));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'open'));
  await chmod(join(folder, 'open'), 0o777);
  return folder;
}

/** Sockets of every kind that a program may try; `contacts` grows with each that was reached. */
async function openListeners(socket: string) {
  const contacts: string[] = [];
  const abstract = `aicodereval-attack-${randomUUID()}`;
  const servers = [
    await listen({ host: '127.0.0.1', port: 0 }, () => contacts.push('contacted by tcp')),
    await listen({ path: socket }, () => contacts.push('contacted by socket')),
    await listen({ path: `\0${abstract}` }, () => contacts.push('contacted by abstract socket')),
  ];
  await chmod(socket, 0o777);
  const datagrams = createSocket('udp4', () => contacts.push('contacted by udp'));
  datagrams.bind(0, '127.0.0.1');
  await once(datagrams, 'listening');
  const address = servers[0]?.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    contacts,
    addresses: { socket, abstract, port, udp: datagrams.address().port },
    close: (): void => {
      datagrams.close();
      for (const server of servers) server.close();
    },
  };
}

async function listen(where: object, onContact: () => void): Promise<Server> {
  const server = createServer((connection) => {
    onContact();
    connection.on('error', () => connection.destroy()).destroy();
  });
  server.listen(where);
  await once(server, 'listening');
  return server;
}

async function isRunning(mark: string): Promise<boolean> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const line = await readFile(`/proc/${name}/cmdline`, 'latin1').catch(() => '');
    if (line.includes(mark)) return true;
  }
  return false;
}
