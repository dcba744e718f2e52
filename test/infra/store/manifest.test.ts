import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { specOf } from '../models/specs.js';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { SweepConfig } from '../../../domain/sweep.js';
import type { Manifest } from '../../../infra/parse/manifest.js';
import { configDifferences } from '../../../infra/store/config-differences.js';
import {
  configHash,
  findManifest,
  listSweeps,
  readManifest,
  readPlan,
  writeSweep,
} from '../../../infra/store/manifest.js';
import { temporaryHomes } from './home.js';
import { makeCell } from './results.js';

const newHome = temporaryHomes();
const config: SweepConfig = {
  name: 'demo',
  suites: [{ id: 'starter', limit: 2, tasks: null, file: null }],
  models: [
    specOf({
      id: 'replay:answers.jsonl',
      label: 'm',
      maxTokens: 512,
      seed: 0,
      timeoutMs: 60_000,
      giveUpAfterMs: 3_600_000,
    }),
  ],
  strategies: [{ id: 'direct', rounds: 1, feedback: 'none' }],
  samples: 3,
  concurrency: 4,
  limits: { costUsd: 5, tokens: null, wallMs: null },
  sandbox: {
    backend: 'local',
    cpuSeconds: 10,
    wallSeconds: 30,
    memoryBytes: 2 ** 31,
    processes: 64,
    outputBytes: 2 ** 20,
    tmpBytes: 2 ** 26,
  },
};
const cells = Array.from({ length: 7 }, (_, sample) => makeCell({ sample }));

function manifestOf(config: SweepConfig): Manifest {
  const versions = { aicodereval: '0.1.0', node: process.version };
  return {
    format: 1,
    sweepId: config.name,
    config,
    configSha256: configHash(config),
    versions,
    createdAt: 1_700_000_000_000,
    validations: [],
    environments: ['base'],
    cells: cells.length,
  };
}

describe('a sweep', () => {
  test('comes back as it was written, its plan page by page', async () => {
    const home = newHome();
    expect(await writeSweep(home, manifestOf(config), cells)).toEqual(manifestOf(config));
    expect(await readManifest(home, 'demo')).toEqual(manifestOf(config));
    expect(await readPlan(home, 'demo', 0, 3)).toEqual(cells.slice(0, 3));
    expect(await readPlan(home, 'demo', 3, 3)).toEqual(cells.slice(3, 6));
    expect(await readPlan(home, 'demo', 6, 3)).toEqual(cells.slice(6));
    expect(await readPlan(home, 'demo', 7, 3)).toEqual([]);
    expect(await listSweeps(home)).toEqual(['demo']);
  });

  test('is never changed by a later one of the same name', async () => {
    const home = newHome();
    await writeSweep(home, manifestOf(config), cells);
    const standing = await writeSweep(home, manifestOf({ ...config, samples: 1 }), cells.slice(0, 1));
    expect(standing).toEqual(manifestOf(config));
    expect(await readPlan(home, 'demo', 0, 99)).toEqual(cells);
  });

  test('has the plan of its own manifest when two race for one name', async () => {
    for (let round = 0; round < 10; round += 1) {
      const home = newHome();
      const other = manifestOf({ ...config, samples: 1 });
      const standing = await Promise.all([
        writeSweep(home, manifestOf(config), cells),
        writeSweep(home, { ...other, cells: 1 }, cells.slice(0, 1)),
      ]);
      expect(standing[0]).toEqual(standing[1]);
      expect(await readPlan(home, 'demo', 0, 99)).toHaveLength(standing[0].cells);
    }
  });

  test('does not exist before its manifest does', async () => {
    const home = newHome();
    await writeSweep(home, manifestOf(config), cells);
    rmSync(join(home, 'sweeps', 'demo', 'manifest.json'));
    expect(await findManifest(home, 'demo')).toBeNull();
    expect(await listSweeps(home)).toEqual([]);
    await expect(readPlan(home, 'demo', 0, 1)).rejects.toMatchObject({ type: 'SweepNotFound' });
    expect(await listSweeps(newHome())).toEqual([]);
  });

  test('of a newer version or a damaged one is refused with the cure', async () => {
    const home = newHome();
    await writeSweep(home, manifestOf(config), cells);
    const path = join(home, 'sweeps', 'demo', 'manifest.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, JSON.stringify({ format: 2, all: 'different' }));
    await expect(readManifest(home, 'demo')).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/newer version .*format 2/),
      hint: expect.stringContaining('Update aicodereval'),
    });
    writeFileSync(path, text.slice(0, -20));
    await expect(readManifest(home, 'demo')).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/damaged/),
    });
    writeFileSync(path, text.replace('"samples": 3', '"samples": "three"'));
    await expect(readManifest(home, 'demo')).rejects.toMatchObject({
      message: expect.stringMatching(/"config.samples"/),
    });
  });

  test('with a broken line in its plan names the line', async () => {
    const home = newHome();
    await writeSweep(home, manifestOf(config), cells);
    const path = join(home, 'sweeps', 'demo', `plan-${configHash(config).slice(0, 16)}.jsonl`);
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, lines.with(1, '{"cellId": 5}').join('\n'));
    expect(await readPlan(home, 'demo', 2, 99)).toEqual(cells.slice(2));
    await expect(readPlan(home, 'demo', 0, 99)).rejects.toMatchObject({
      message: expect.stringMatching(/line 2 is damaged/),
    });
  });
});

describe('the hash of a configuration', () => {
  test('does not depend on the order of its fields, and changes with any of them', () => {
    const { name, samples, ...others } = config;
    expect(configHash({ samples, ...others, name })).toBe(configHash(config));
    expect(configHash({ ...config, samples: 4 })).not.toBe(configHash(config));
  });
});

describe('differences between configurations', () => {
  test('name the field and both values', () => {
    const [model] = config.models;
    if (model === undefined) throw new Error('no model');
    const other = {
      ...config,
      models: [{ ...model, temperature: 0.7, stop: ['###'] }],
      limits: { ...config.limits, costUsd: null },
    };
    expect(configDifferences(config, other)).toEqual([
      'limits.costUsd: 5 -> null',
      'models.0.stop: [] -> ["###"]',
      'models.0.temperature: 0 -> 0.7',
    ]);
  });

  test('are none exactly where the values are equal', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(configDifferences(a, a)).toEqual([]);
        if (JSON.stringify(a) === JSON.stringify(b)) expect(configDifferences(a, b)).toEqual([]);
      }),
    );
  });
});
