import { mkdir, mkdtemp, realpath, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.js';
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
  await writeFile(join(home, 'host.json'), JSON.stringify({ pid: process.pid, ...(await freePorts()) }));
  return folder;
}
