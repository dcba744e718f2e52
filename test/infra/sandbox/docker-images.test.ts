import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openEngine } from '../../../infra/sandbox/docker/engine.js';
import { findImage, keepToBudget, markUsed } from '../../../infra/sandbox/docker/images.js';
import { engine, whyNoDocker } from '../../support/docker.js';

const reason = await whyNoDocker();
const home = await realpath(await mkdtemp(join(tmpdir(), 'aicodereval-images-')));
const MIB = 1024 ** 2;
const tag = `aicodereval-test-${randomBytes(4).toString('hex')}`;

afterAll(() => rm(home, { recursive: true }));

(reason === null ? describe : describe.skip)('Docker: the disk that images take', () => {
  /** Images that were there before: none of this test's business. */
  let others: string[] = [];
  let made: { name: string; id: string }[] = [];

  beforeEach(async () => {
    others = (await engine.listImages()).map(({ Id }) => Id);
    made = [];
  });
  afterEach(async () => {
    await Promise.allSettled(made.map(({ id }) => engine.getImage(id).remove({ force: true })));
  });

  /** Imports an image of 4 MiB, with our label unless told otherwise. Returns its id. */
  async function make(name: string, changes = ['LABEL aicodereval=1']): Promise<string> {
    const folder = join(home, name);
    await mkdir(folder);
    await writeFile(join(folder, 'data'), randomBytes(4 * MIB));
    execFileSync('tar', ['--create', '--file', `${folder}.tar`, '--directory', folder, '.']);
    await new Promise((resolve, reject) => {
      const options = { fromSrc: '-', repo: `${tag}-${name}`, changes };
      engine.importImage(
        createReadStream(`${folder}.tar`),
        options,
        (error: unknown, stream?: NodeJS.ReadableStream) => {
          if (stream === undefined) reject(error);
          else
            engine.modem.followProgress(stream, (failure: unknown) =>
              failure === null ? resolve(null) : reject(failure),
            );
        },
      );
    });
    const { id } = await findImage(await openEngine(), `${tag}-${name}`);
    made.push({ name, id });
    return id;
  }

  /** Waits until the file system's clock, which is coarse, has gone on. */
  async function nextTick(): Promise<void> {
    const file = join(home, 'tick');
    const now = async (): Promise<number> => {
      await writeFile(file, '');
      return (await stat(file)).mtimeMs;
    };
    const began = await now();
    while ((await now()) === began);
  }

  /** Names of this test's images that are left. */
  async function left(): Promise<string[]> {
    const ids = new Set((await engine.listImages()).map(({ Id }) => Id));
    return made.filter(({ id }) => ids.has(id)).map(({ name }) => name);
  }

  /** Keeps this test's images to a budget, whatever else there is. */
  async function keep(budgetBytes: number, keepAlso: readonly string[] = []): Promise<string[]> {
    const labelled = await engine.listImages({ filters: JSON.stringify({ label: ['aicodereval=1'] }) });
    const foreign = labelled.filter(({ Id }) => others.includes(Id)).reduce((sum, { Size }) => sum + Size, 0);
    return keepToBudget(await openEngine(), {
      home,
      budgetBytes: foreign + budgetBytes,
      keep: [...others, ...keepAlso],
    });
  }

  test('those that were not used for longest go first, until the rest fits; unlabelled ones are not ours', async () => {
    const [oldest, middle, newest] = [await make('a'), await make('b'), await make('c')];
    await make('not-ours', []);
    // Made in this order, used in another.
    for (const id of [newest, oldest, middle]) {
      await markUsed(home, id);
      await nextTick();
    }
    expect(await keep(13 * MIB)).toEqual([]);
    expect(await keep(9 * MIB)).toEqual([newest]);
    expect(await left()).toEqual(['a', 'b', 'not-ours']);
    expect(await keep(0)).toEqual([oldest, middle]);
    expect(await left()).toEqual(['not-ours']);
  });

  test('never one that a container uses, or that is about to be used', async () => {
    const [used, next] = [await make('used'), await make('next')];
    const container = await engine.createContainer({ Image: used, Cmd: ['/data'] });
    try {
      expect(await keep(0, [next])).toEqual([]);
      expect(await left()).toEqual(['used', 'next']);
    } finally {
      await container.remove();
    }
    expect(await keep(0, [next])).toEqual([used]);
  });
});
