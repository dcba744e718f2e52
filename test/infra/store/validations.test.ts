import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { concludeTask, type TaskValidation } from '../../../domain/validation.js';
import {
  conditionsOf,
  readValidations,
  validationsFolder,
  writeValidations,
} from '../../../infra/store/validations.js';
import { temporaryHomes } from './home.js';

const LIMITS = {
  cpuSeconds: 10,
  wallSeconds: 30,
  memoryBytes: 1,
  processes: 2,
  outputBytes: 3,
  tmpBytes: 4,
};
const BASE = {
  taskSha256: 'a',
  digest: 'b',
  interpreter: 'i',
  backend: 'local',
  limits: LIMITS,
  graderVersion: 'c',
} as const;
const newHome = temporaryHomes();
const known = (taskId: string, conditions: string): TaskValidation => concludeTask({ taskId, conditions }, [], []);

test('conditions differ with each thing that an outcome may depend on, and with nothing else', () => {
  const others = [
    { ...BASE, taskSha256: 'x' },
    { ...BASE, digest: 'x' },
    { ...BASE, interpreter: 'x' },
    { ...BASE, backend: 'docker' as const },
    { ...BASE, graderVersion: 'x' },
    ...Object.keys(LIMITS).map((name) => ({ ...BASE, limits: { ...LIMITS, [name]: 99 } })),
  ];
  expect(new Set([BASE, ...others].map(conditionsOf)).size).toBe(others.length + 1);
  // A sweep's limits stand beside its backend and its GPU.
  const sweep = { ...BASE, limits: { backend: 'local', gpu: 'any', ...LIMITS } };
  expect(conditionsOf(sweep)).toBe(conditionsOf(BASE));
});

test('what was found under other conditions stays, what another grader found does not', async () => {
  const home = newHome();
  expect(await readValidations(home, 's')).toEqual(new Map());
  await writeValidations(home, { suite: 's', graderVersion: '1', tasks: [known('t', 'one'), known('u', '')] });
  await writeValidations(home, { suite: 's', graderVersion: '1', tasks: [known('t', 'two')] });
  expect([...(await readValidations(home, 's')).keys()]).toEqual(['one', 'two']);
  expect(await readValidations(home, 'other')).toEqual(new Map());
  await writeValidations(home, { suite: 's', graderVersion: '2', tasks: [known('t', 'three')] });
  expect([...(await readValidations(home, 's')).keys()]).toEqual(['three']);
});

test('a damaged file is told, and written anew by the next validation', async () => {
  const home = newHome();
  await writeValidations(home, { suite: 's', graderVersion: '1', tasks: [known('t', 'one')] });
  await writeFile(join(validationsFolder(home), 's.json'), '{"format": 1');
  await expect(readValidations(home, 's')).rejects.toMatchObject({
    exitCode: 3,
    hint: expect.stringContaining('validate --suite s'),
  });
  await writeValidations(home, { suite: 's', graderVersion: '1', tasks: [known('t', 'two')] });
  expect([...(await readValidations(home, 's')).keys()]).toEqual(['two']);
});
