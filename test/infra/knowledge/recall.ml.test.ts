import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findEnvironment } from '../../../infra/environments/environment.js';
import { Knowledge } from '../../../infra/knowledge/knowledge.js';
import { questionOf } from '../../../infra/knowledge/question.js';
import type { Sandbox } from '../../../infra/sandbox/sandbox.js';
import { openBlobStore } from '../../../infra/store/blobs.js';
import { packagePath } from '../../../infra/package-path.js';
import { sharedHome } from '../../support/embedded-home.js';
import { openLibrarySandbox } from '../../support/library-sandbox.js';
import { TestSandbox } from '../../support/test-sandbox.js';

/** A program that misuses an API, and the names of which one has to be found. */
interface Misuse {
  readonly id: number;
  readonly half: 'tuning' | 'held-out';
  readonly program: string;
  readonly accepted: readonly string[];
}

const LEAST = 0.85;
const LIMITS = { cpuSeconds: 60, wallSeconds: 180, memoryBytes: 4 * 1024 ** 3 };

const misuses = readFileSync(packagePath('test/infra/knowledge/misuses.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Misuse);
const home = sharedHome();
const sandbox = new TestSandbox();
const knowledge = new Knowledge(null);
let crawler: Sandbox;

beforeAll(async () => {
  crawler = await openLibrarySandbox('ml');
});

afterAll(() => Promise.all([crawler.close(), sandbox.close(), knowledge.close()]));

test('the right entry is among the first five for at least 85 % of misused APIs, in each half', async () => {
  const runs = misuses.map(({ program }) => ({
    program,
    test: 'pass',
    entryPoint: 'solution',
    environment: 'ml',
    limits: LIMITS,
  }));
  const reports = await sandbox.runAll(runs);
  const environment = await findEnvironment('ml');
  const deps = { home, blobs: openBlobStore(home), interpreter: '', sandbox: () => Promise.resolve(crawler) };
  const { signal } = new AbortController();
  const rows: { misuse: Misuse; error: string; found: string[]; hit: boolean; chars: number }[] = [];
  for (const [index, misuse] of misuses.entries()) {
    const exception = reports[index]?.exception ?? null;
    expect({ id: misuse.id, raised: exception !== null }).toEqual({ id: misuse.id, raised: true });
    if (exception === null) continue;
    const { entries, text } = await knowledge.lookUp(environment, questionOf(exception, misuse.program), deps, signal);
    const found = entries.map(({ name }) => name);
    const hit = found.some((name) => misuse.accepted.includes(name));
    rows.push({
      misuse,
      error: `${exception.type}: ${exception.message}`.slice(0, 90),
      found,
      hit,
      chars: text.length,
    });
  }
  const shares = (['tuning', 'held-out'] as const).map((half) => {
    const own = rows.filter(({ misuse }) => misuse.half === half);
    return own.filter(({ hit }) => hit).length / own.length;
  });
  const table = rows.map(
    ({ misuse, error, found, hit }) => `${hit ? 'found' : 'MISS '} ${misuse.id} ${error}\n      ${found.join(', ')}`,
  );
  process.stdout.write(`${table.join('\n')}\ntuning ${shares[0]?.toFixed(3)}, held-out ${shares[1]?.toFixed(3)}\n`);
  expect(rows.every(({ found, chars }) => found.length <= 5 && chars <= 1_200)).toBe(true);
  expect(Math.min(...shares)).toBeGreaterThanOrEqual(LEAST);
});
