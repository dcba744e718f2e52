import { expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildPlan } from '../../../domain/build/build.js';
import { openBuild } from '../../../infra/store/builds.js';
import { specOf } from '../models/specs.js';
import { temporaryHomes } from './home.js';

const newHome = temporaryHomes();

function planAt(price: BuildPlan['price']): BuildPlan {
  const sizes = { memoryBytes: 1, processes: 1, outputBytes: 1, tmpBytes: 1 };
  return {
    format: 1,
    name: 'b',
    environment: 'base',
    digest: 'd',
    backend: 'local',
    limits: { cpuSeconds: 1, wallSeconds: 1, ...sizes },
    model: specOf(),
    price,
    rounds: 1,
    tasks: 1,
    limit: null,
    mutants: 0,
    wantedSha256: 'w',
    againstSha256: 'a',
  };
}

test.each([
  ['known', { promptUsdPerMillion: 1, completionUsdPerMillion: 2, cachedUsdPerMillion: 0.5 }],
  ['that nobody knows', null],
])('a plan keeps a price %s', async (_, price) => {
  const store = openBuild(newHome(), 'b');
  await store.writePlan(planAt(price));
  expect(await store.plan()).toEqual(planAt(price));
});

test('a plan of a version that asked for no price is read', async () => {
  const store = openBuild(newHome(), 'b');
  await store.writePlan(planAt(null));
  const file = join(store.folder, 'plan.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"price": null,', ''));
  expect(await store.plan()).toEqual(planAt(undefined));
});
