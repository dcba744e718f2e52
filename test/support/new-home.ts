import { mkdir, mkdtemp, realpath, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedTools } from './shared-tools.js';

/**
 * A new folder with a home in it, `<folder>/home`, that has its tools already and ports of its own, so that several
 * homes can start their servers at the same moment. Returns the folder.
 */
export async function newHome(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'aicodereval-kill-')));
  const home = join(folder, 'home');
  await mkdir(home);
  await symlink(await sharedTools(), join(home, 'tools'));
  const [grpc, ui] = await freePorts();
  await writeFile(join(home, 'host.json'), JSON.stringify({ pid: process.pid, grpc, ui }));
  return folder;
}

/** Two ports that nobody listens on at the moment. */
async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()] as const;
  const [grpc, ui] = await Promise.all(
    servers.map(async (server) => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return (server.address() as AddressInfo).port;
    }),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return [grpc as number, ui as number];
}
