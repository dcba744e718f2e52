import { expect, test } from '@jest/globals';
import { planDifferences } from '../../cli/build-plan.js';
import type { BuildPlan } from '../../domain/build/build.js';
import { openBlobStore } from '../../infra/store/blobs.js';
import { specOf } from '../infra/models/specs.js';
import { temporaryHomes } from '../infra/store/home.js';

const newHome = temporaryHomes();
const record = (id: string) => {
  const facts = { library: 'l', version: null, signature: null, source: 's', domain: null, documentation: 'd' };
  return { id, name: id, ...facts };
};
const known = (id: string, word = 'w') => ({ id, words: [word], code: [] });
interface Inputs {
  libraries: string[];
  records: ReturnType<typeof record>[];
  against: ReturnType<typeof known>[];
  againstFiles?: string[] | undefined;
  mutants?: number;
}
const INPUTS: Inputs = {
  libraries: ['numpy'],
  records: [record('a')],
  against: [known('starter/x'), known('/mine.jsonl/y')],
  againstFiles: ['f'.repeat(64)],
};

/** What is told where a build of these inputs stands, and the same command now comes to those. */
async function differences(now: Partial<Inputs>, before: Partial<Inputs> = {}): Promise<string[]> {
  const blobs = openBlobStore(newHome());
  const planOf = async ({ libraries, records, against, againstFiles, mutants = 8 }: Inputs) => {
    const plan: BuildPlan = {
      format: 1,
      name: 'b',
      environment: 'base',
      digest: 'd',
      backend: 'local',
      limits: { cpuSeconds: 1, wallSeconds: 2, memoryBytes: 3, processes: 4, outputBytes: 5, tmpBytes: 6 },
      model: specOf(),
      rounds: 3,
      tasks: 5,
      limit: null,
      mutants,
      wantedSha256: await blobs.put(JSON.stringify({ libraries, records })),
      againstSha256: await blobs.put(JSON.stringify(against)),
      againstFiles,
    };
    return plan;
  };
  return planDifferences(await planOf({ ...INPUTS, ...before }), await planOf({ ...INPUTS, ...now }), blobs);
}

test('a build goes on where only what ships with the program is another', async () => {
  expect(await differences({})).toEqual([]);
  const shipped = [known('starter/x', 'other'), known('aicoder-local/new'), known('/mine.jsonl/y')];
  expect(await differences({ against: shipped })).toEqual([]);
});

test('a build of an earlier version goes on where the same files are read to more tasks, not to fewer', async () => {
  const more = [known('/mine.jsonl/new'), ...INPUTS.against];
  expect(await differences({ against: more }, { againstFiles: undefined })).toEqual([]);
  const other = [known('starter/x'), known('/mine.jsonl/y', 'other')];
  const told = ['--against: 1 of 1 tasks are not in its files'];
  expect(await differences({ against: other }, { againstFiles: undefined })).toEqual(told);
});

test.each([
  ['--against', { againstFiles: ['f'.repeat(64), 'a'.repeat(64)] }, /^\["f{8}"\] -> \["f{8}","a{8}"\]$/],
  ['--records', { records: [record('a'), record('b')] }, /^"1 of SHA-256 \w{8}" -> "2 of SHA-256 \w{8}"$/],
  ['--library', { libraries: ['numpy', 'scipy'] }, /^\["numpy"\] -> \["numpy","scipy"\]$/],
  ['mutants', { mutants: 2 }, /^8 -> 2$/],
])('what the user has changed is told by its name: %s', async (name, now, words) => {
  const told = await differences(now);
  expect(told).toHaveLength(1);
  expect(told[0]?.split(': ', 1)).toEqual([name]);
  expect(told[0]?.slice(name.length + 2)).toMatch(words);
});
