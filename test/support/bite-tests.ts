import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Limits } from '../../domain/test-report.js';
import { judge } from '../../domain/verdict.js';
import { readCorpus, runAttack } from '../../infra/attacks/attack.js';
import { findEnvironment } from '../../infra/environments/environment.js';
import { ensureEnvironment } from '../../infra/environments/provision.js';
import type { Attack } from '../../infra/parse/attack.js';
import type { Sandbox } from '../../infra/sandbox/sandbox.js';
import { ensureTool } from '../../infra/tools/tool.js';
import { sharedHome } from './embedded-home.js';
import { openWeakenedSandbox } from './weakened-sandbox.js';

const MIB = 1024 * 1024;
/** Low: a weak runner lets them be passed by a multiple. */
const LIMITS: Limits = {
  cpuSeconds: 1,
  wallSeconds: 4,
  memoryBytes: 128 * MIB,
  processes: 32,
  outputBytes: 16 * 1024,
  tmpBytes: 8 * MIB,
};
/** Powers that only root can leave to a program. */
const NEED_ROOT = ['capable', 'chroot-jail', 'devices', 'half-dropped-user'];
/** Weaknesses of the way between two processes. */
const ISOLATED = ['asked-objects', 'pickled-wire', 'believed-wire', 'deep-codec', 'unread-trace'];
const isRoot = process.getuid?.() === 0;
const bwrapPath = await ensureTool('bwrap', { home: sharedHome(), env: process.env });
const all = await readCorpus();

/** Each attack of an environment, against a runner with the weakness that it is said to bite. */
export function biteTests(name: string): void {
  const corpus = all.filter(({ environment }) => environment === name);
  describe.each([...new Set(corpus.map(({ bites }) => bites))])('a runner with the weakness %s', (weakness) => {
    weaknessTests(name, weakness, corpus);
  });
}

function weaknessTests(name: string, weakness: string, corpus: readonly Attack[]): void {
  const secret = randomUUID();
  let folder: string;
  let sandbox: Sandbox;

  beforeAll(async () => {
    // Not below /tmp, which every program has its own of.
    folder = await mkdtemp('/var/tmp/aicodereval-bite-');
    await chmod(folder, 0o755);
    const environment = await findEnvironment(name);
    const python = await ensureEnvironment(environment, { home: sharedHome() });
    const { importSets } = environment;
    sandbox = openWeakenedSandbox(bwrapPath, weakness, folder, secret, { python, importSets });
  }, 600_000);
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  const attacks = corpus.filter(({ bites }) => bites === weakness);
  const canTry = isRoot || !NEED_ROOT.includes(weakness);
  const grading = ISOLATED.includes(weakness) ? 'isolated' : 'in-process';

  (canTry ? test : test.skip)('passes a right program still: what falls does not fall by itself', async () => {
    const program = 'def f(x):\n    print("Testing finished.")\n    return x + 1\n';
    const facts = { entryPoint: 'f', entryKind: 'function', prelude: '', cases: null, reference: null } as const;
    const test = 'assert f(1) == 2';
    expect(judge(await sandbox.run({ ...facts, id: 'right', program, test, grading, limits: LIMITS }))).toBe('pass');
  });

  (canTry ? test : test.skip).each(attacks.map((attack) => [attack.id, attack] as const))(
    'falls to %s',
    async (_, attack) => {
      const limits = name === 'base' ? { limits: LIMITS } : {};
      const field = { sandbox, single: sandbox, folder, environment: [secret], ...limits };
      const result = await runAttack(field, attack, grading);
      expect(result).toMatchObject({ succeeded: true });
    },
  );
}
