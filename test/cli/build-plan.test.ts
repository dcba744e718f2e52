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
const INPUTS = {
  libraries: ['numpy'],
  records: [record('a')],
  against: [known('starter/x'), known('/mine.jsonl/y')],
};

/** What is told where a build of these inputs stands, and the same command now comes to those. */
async function differences(now: Partial<typeof INPUTS & { mutants: number }>): Promise<string[]> {
  const blobs = openBlobStore(newHome());
  const planOf = async ({ libraries, records, against, mutants = 8 }: typeof INPUTS & { mutants?: number }) => {
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
    };
    return plan;
  };
  return planDifferences(await planOf(INPUTS), await planOf({ ...INPUTS, ...now }), blobs);
}

test('a build goes on where only what ships with the program is another', async () => {
  expect(await differences({})).toEqual([]);
  const shipped = [known('starter/x', 'other'), known('aicoder-local/new'), known('/mine.jsonl/y')];
  expect(await differences({ against: shipped })).toEqual([]);
});

test.each([
  ['--against', { against: [known('starter/x'), known('/mine.jsonl/y', 'other')] }, /^"1 of SHA-256 \w{8}" -> "1 of/],
  ['--records', { records: [record('a'), record('b')] }, /^"1 of SHA-256 \w{8}" -> "2 of SHA-256 \w{8}"$/],
  ['--library', { libraries: ['numpy', 'scipy'] }, /^\["numpy"\] -> \["numpy","scipy"\]$/],
  ['mutants', { mutants: 2 }, /^8 -> 2$/],
])('what the user has changed is told by its name: %s', async (name, now, words) => {
  const told = await differences(now);
  expect(told).toHaveLength(1);
  expect(told[0]?.split(': ', 1)).toEqual([name]);
  expect(told[0]?.slice(name.length + 2)).toMatch(words);
});
