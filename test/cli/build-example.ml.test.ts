import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { findEnvironment } from '../../infra/environments/environment.js';
import { ensureEnvironment } from '../../infra/environments/provision.js';
import { packagePath } from '../../infra/package-path.js';
import { runCli } from '../support/cli.js';
import { sharedHome } from '../support/embedded-home.js';
import { homesWithTools } from '../support/home-with-tools.js';

const newHome = homesWithTools();
const example = (name: string): string => packagePath(`examples/build-dataset/${name}`);
const LIMIT = { limitMs: 900_000 };

interface Line {
  readonly library: string;
  readonly provenance: {
    readonly answered_by: readonly string[];
    readonly steps: readonly { readonly step: string; readonly version?: string }[];
  };
}

test('the example makes 25 tasks and more of three libraries, every one usable', async () => {
  const home = await newHome();
  await ensureEnvironment(await findEnvironment('data'), { home: sharedHome() });
  mkdirSync(home, { recursive: true });
  symlinkSync(join(sharedHome(), 'environments'), join(home, 'environments'));
  const records = readFileSync(example('records.jsonl'), 'utf8').trim().split('\n').length;
  const built = await runCli(
    [
      'build-dataset',
      '--home',
      home,
      '--json',
      '--model',
      `replay:${example('answers.jsonl')}`,
      '--environment',
      'data',
    ].concat(['--records', example('records.jsonl'), '--tasks', String(records)]),
    LIMIT,
  );
  const { accepted, files } = JSON.parse(built.stdout) as { accepted: number; files: { tasks: string; page: string } };
  expect(accepted).toBe(records);
  expect(accepted).toBeGreaterThanOrEqual(25);
  expect(built.code).toBe(0);

  const lines = readFileSync(files.tasks, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  expect(new Set(lines.map(({ library }) => library))).toEqual(new Set(['numpy', 'pandas', 'scikit-learn']));
  for (const { provenance } of lines) {
    const steps = provenance.steps.map(({ step }) => step);
    expect([steps[0], ...steps.slice(-4)]).toEqual([
      'documentation',
      expect.stringMatching(/draft|correct/),
      'watch',
      'validate',
      'compare',
    ]);
    expect(provenance.steps[0]?.version).toMatch(/^\d+\./);
    expect(provenance.answered_by).toHaveLength(1);
  }
  const page = readFileSync(files.page, 'utf8');
  expect(page.match(/<details class="item accepted">/g)).toHaveLength(accepted);

  const valid = await runCli(
    ['validate', '--home', home, '--json', '--suite', 'aicodereval', '--tasks', files.tasks],
    LIMIT,
  );
  expect(JSON.parse(valid.stdout)).toMatchObject({ counts: { usable: accepted } });
  expect(valid.code).toBe(0);
}, 1_200_000);
