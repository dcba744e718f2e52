import Docker from 'dockerode';
import { Failure } from '../../domain/failures.js';
import { readConfig } from '../../infra/config.js';
import { describeDocker } from '../../infra/sandbox/docker.js';
import { sha256 } from '../../infra/store/digest.js';

/** The image that tests run programs in. */
export const { image } = readConfig().docker;

/** The engine, for tests to look at what the sandbox does with it. */
export const engine = new Docker();

/** Null if programs can be run in Docker here; else why not, for tests that say so and are skipped. */
export async function whyNoDocker(): Promise<string | null> {
  try {
    await describeDocker(image);
    return null;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`skipped: tests of the sandbox in Docker. ${error.message}\n`);
    return error.message;
  }
}

/** Ids of the containers, in whatever state, of a home's sandboxes. */
export async function containersOf(home: string): Promise<string[]> {
  const found = await engine.listContainers({ all: true, filters: { label: ['aicodereval=1'] } });
  const tag = `${sha256(home).slice(0, 16)}:`;
  return found.filter(({ Labels }) => Labels['aicodereval.owner']?.startsWith(tag)).map(({ Id }) => Id);
}

/** Host process ids of a home's containers that run. */
export async function containerPids(home: string): Promise<number[]> {
  const pids = (await containersOf(home)).map(async (id) => {
    const found = await engine
      .getContainer(id)
      .inspect()
      .catch(() => null);
    return found?.State.Pid ?? 0;
  });
  return (await Promise.all(pids)).filter((pid) => pid > 0);
}
