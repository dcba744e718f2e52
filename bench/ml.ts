import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge } from '../domain/verdict.js';
import { findEnvironment } from '../infra/environments/environment.js';
import { ensureEnvironment } from '../infra/environments/provision.js';
import { openBubblewrapSandbox } from '../infra/sandbox/bubblewrap.js';
import type { Sandbox } from '../infra/sandbox/sandbox.js';
import { runCommand } from '../infra/tools/run-command.js';
import { ensureTool } from '../infra/tools/tool.js';
import { sharedHome } from '../test/support/embedded-home.js';
import { LIMITS } from './programs.js';

interface Family {
  readonly name: string;
  /** How many times faster a warm program must be. */
  readonly goal: number;
  readonly programs: readonly FamilyProgram[];
}

interface FamilyProgram {
  /** The first that was made of its source. */
  readonly isFirst: boolean;
  readonly program: string;
  readonly test: string;
}

const TORCH = (n: number): string =>
  `import torch\ndef f(x):\n    w = torch.arange(${n + 4}, dtype=torch.float32, requires_grad=True)\n    (w * x).sum().backward()\n    return [int(v) for v in w.grad]\n`;
const TRANSFORMERS = (n: number): string =>
  `import torch\nfrom transformers import BertConfig\ndef f(x):\n    c = BertConfig(hidden_size=${16 * (n + 1)}, num_attention_heads=${n + 1})\n    return [x] * (c.hidden_size // (16 * c.num_attention_heads) * ${n + 4})\n`;
const TENSORFLOW = (n: number): string =>
  `import tensorflow as tf\ndef f(x):\n    return [int(v) for v in tf.ones(${n + 4}).numpy() * x]\n`;

function family(name: string, goal: number, sources: readonly ((n: number) => string)[], count: number): Family {
  const programs = sources.flatMap((source) =>
    Array.from({ length: count }, (_, n) => ({
      isFirst: n === 0,
      program: source(n),
      test: `assert f(3) == [3] * ${n + 4}\n`,
    })),
  );
  return { name, goal, programs };
}

const FAMILIES = [
  family('PyTorch and transformers', 60, [TORCH, TRANSFORMERS], 20),
  family('TensorFlow', 10, [TENSORFLOW], 10),
];

/** Warm fork servers of the environment `ml` against a fresh process for each program. False if a goal is missed. */
export async function benchMl(): Promise<boolean> {
  const ctx = { home: sharedHome() };
  const environment = await findEnvironment('ml');
  const python = await ensureEnvironment(environment, ctx);
  const bwrapPath = await ensureTool('bwrap', ctx);
  const sandbox = openBubblewrapSandbox({ bwrapPath, python, slots: 1, importSets: environment.importSets });
  const folder = await mkdtemp(join(tmpdir(), 'aicodereval-ml-'));
  try {
    const met: boolean[] = [];
    for (const each of FAMILIES) met.push(await compare(each, sandbox, python, folder));
    return met.every(Boolean);
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true });
  }
}

async function compare(
  { name, goal, programs }: Family,
  sandbox: Sandbox,
  python: string,
  folder: string,
): Promise<boolean> {
  // One of each source, for its fork server to start.
  for (const each of programs.filter(({ isFirst }) => isFirst)) await warm(sandbox, each);
  const runs = [];
  for (const each of programs) runs.push(await warm(sandbox, each));
  const fresh = [];
  for (const { program, test } of programs) {
    const file = join(folder, 'program.py');
    await writeFile(file, `${program}\n${test}`);
    const began = performance.now();
    const passed = await runCommand(python, [file]).then(
      () => true,
      () => false,
    );
    fresh.push({ ms: performance.now() - began, passed });
  }
  const [warmMs, freshMs] = [mean(runs), mean(fresh)];
  const isEqual = [...runs, ...fresh].every(({ passed }) => passed);
  const times = freshMs / warmMs;
  const isMet = times >= goal && isEqual;
  process.stdout.write(
    `${isMet ? 'met    ' : 'NOT MET'} ${name}: ${runs.length} programs, ${warmMs.toFixed(0)} ms warm, ${freshMs.toFixed(0)} ms fresh: ` +
      `${times.toFixed(0)} times, goal ${goal}; ${isEqual ? 'all pass' : 'VERDICTS DIFFER'}\n`,
  );
  return isMet;
}

/** Programs of a family import more or less: all count, as they would in a sweep. */
function mean(runs: readonly { ms: number }[]): number {
  return runs.reduce((sum, { ms }) => sum + ms, 0) / runs.length;
}

async function warm(sandbox: Sandbox, { program, test }: { program: string; test: string }) {
  const facts = { entryPoint: 'f', entryKind: 'function', prelude: '', cases: null, reference: null } as const;
  const limits = { ...LIMITS, wallSeconds: 120, cpuSeconds: 60, memoryBytes: 4_096 * 1024 * 1024 };
  const began = performance.now();
  const report = await sandbox.run({ ...facts, id: 'ml', program, test, grading: 'isolated', limits });
  return { ms: performance.now() - began, passed: judge(report) === 'pass' };
}
