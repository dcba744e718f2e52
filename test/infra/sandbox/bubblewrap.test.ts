import { spawn, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { openBubblewrapSandbox } from '../../../infra/sandbox/bubblewrap.js';
import { packagePath } from '../../../infra/package-path.js';
import { jobOf, sandboxContract } from '../../contracts/sandbox-contract.js';
import { processesWith } from '../../contracts/sandbox-life.js';

const tag = randomUUID();
const bwrapPath = execFileSync('sh', ['-c', 'command -v bwrap'], { encoding: 'utf8' }).trim();

/** Processes on this host that carry an entry of the environment. */
async function taggedWith(value: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    const environ = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '');
    if (/^\d+$/.test(name) && environ.includes(value)) found.push(Number(name));
  }
  return found;
}

sandboxContract('bubblewrap', {
  open: (slots) => openBubblewrapSandbox({ bwrapPath, slots, ownerEnv: { CONTRACT_TAG: tag } }),
  walls: () => taggedWith(tag),
});
