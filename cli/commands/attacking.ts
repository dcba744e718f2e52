import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { type Backend, BACKENDS } from '../../domain/sweep.js';
import { GRADINGS } from '../../domain/task.js';
import { type AttackResult, readCorpus, runAttack } from '../../infra/attacks/attack.js';
import { UserError } from '../../infra/errors.js';
import { Sandboxes } from '../../workers/sandboxes.js';
import { type CommonOptions, openContext } from '../context.js';
import { common } from './common.js';

/** `attack`. */
export function addAttacking(program: Command): void {
  common(program.command('attack'))
    .option('--backend <name>', 'the sandbox to attack: local or docker', 'local')
    .description(
      'cheating and hostile programs through the real sandbox; exit 1 if one is graded as a pass or gets out',
    )
    .action(async ({ backend, ...flags }: CommonOptions & { backend: string }) => {
      const context = await openContext(flags);
      const sandboxes = await Sandboxes.open(context.config, availableParallelism());
      try {
        const sandbox = await sandboxes.get({ environment: 'base', digest: '', backend: parseBackend(backend) });
        const corpus = await readCorpus();
        const jobs = corpus.flatMap((attack) => GRADINGS.map((grading) => runAttack(sandbox, attack, grading)));
        const attacks = await Promise.all(jobs);
        context.print({ backend, attacks }, renderAttacks(attacks));
        process.exitCode = attacks.every(({ ok }) => ok) ? 0 : 1;
      } finally {
        await sandboxes.close();
      }
    });
}

function parseBackend(name: string): Backend {
  const found = BACKENDS.find((backend) => backend === name);
  if (found !== undefined) return found;
  throw new UserError(`There is no backend "${name}".`, { hint: `Backends are ${BACKENDS.join(', ')}.`, exitCode: 2 });
}

function renderAttacks(attacks: readonly AttackResult[]): string {
  const rows = [['', 'attack', 'grading', 'expected', 'got', 'tries to'], ...attacks.map(cells)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const failed = attacks.filter(({ ok }) => !ok).length;
  const open = attacks.filter(({ expected, got }) => expected === 'no promise' && got === 'pass').length;
  const end = `${attacks.length - failed} of ${attacks.length} as they should be; ${open} succeed where in-process grading promises no defence.`;
  return [...lines, '', end].join('\n');
}

function cells({ ok, id, grading, expected, got, tries }: AttackResult): string[] {
  return [ok ? 'ok' : 'FAILED', id, grading, expected, got, tries];
}
