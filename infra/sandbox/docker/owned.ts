import { readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isDeadOwner, ownerName } from '../../processes.js';
import { answer, answerUnlessGone, type Engine } from './engine.js';

/** Marks every container and image of ours. */
export const LABEL = 'aicodereval';
const OWNER = 'aicodereval.owner';
const HOST = 'aicodereval.host';

/** Labels by which a container is known to be this process's, within a home. */
export async function ownerLabels(home: string): Promise<Record<string, string>> {
  return { [LABEL]: '1', [OWNER]: await ownerName(home), [HOST]: await hostName() };
}

/**
 * Removes containers of dead owners of this home. The engine does so as well when an owner's connection breaks; this
 * is the second line, for what was not started yet. Returns the ids of removed containers.
 */
export async function removeOrphans(engine: Engine, home: string): Promise<string[]> {
  const label = [`${LABEL}=1`, `${HOST}=${await hostName()}`];
  const ours = await answer('list containers', engine.listContainers({ all: true, filters: { label } }));
  const removed: string[] = [];
  for (const { Id: id, Labels: labels } of ours) {
    if (!(await isDeadOwner(labels[OWNER] ?? '', home))) continue;
    await answerUnlessGone('remove a container', engine.getContainer(id).remove({ force: true }));
    removed.push(id);
  }
  return removed;
}

/** Process ids mean something within one host and one pid namespace; an engine may serve several. */
async function hostName(): Promise<string> {
  return `${hostname()} ${await readlink('/proc/self/ns/pid')}`;
}
