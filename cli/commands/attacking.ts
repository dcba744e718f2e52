import { availableParallelism, tmpdir } from 'node:os';
import type { Command } from 'commander';
import { GRADINGS } from '../../domain/task.js';
import { type AttackResult, type Battlefield, readCorpus, runAttack } from '../../infra/attacks/attack.js';
import { ownerEntry } from '../../infra/processes.js';
import { Sandboxes } from '../../workers/sandboxes.js';
import { type CommonOptions, openContext } from '../context.js';
import { common, parseBackend } from './common.js';

/** `attack`. */
export function addAttacking(program: Command): void {
  common(program.command('attack'))
    .option('--backend <name>', 'the sandbox to attack: local or docker', 'local')
    .description(
      'cheating and hostile programs through the real sandbox; exit 1 if one is graded as a pass or gets out',
    )
    .action(async ({ backend, ...flags }: CommonOptions & { backend: string }) => {
      const context = await openContext(flags);
      const place = { environment: 'base', digest: '', backend: parseBackend(backend) };
      const many = await Sandboxes.open(context.config, availableParallelism(), false);
      const one = await Sandboxes.open(context.config, 1, false);
      try {
        const environment = Object.values(await ownerEntry(context.config.home));
        const [sandbox, single] = await Promise.all([many.get(place), one.get(place)]);
        const attacks = await runAll({ sandbox, single, folder: tmpdir(), environment });
        context.print({ backend, attacks }, renderAttacks(attacks));
        process.exitCode = attacks.every(({ ok }) => ok) ? 0 : 1;
      } finally {
        await Promise.all([many.close(), one.close()]);
      }
    });
}

async function runAll(field: Battlefield): Promise<AttackResult[]> {
  const corpus = await readCorpus();
  return Promise.all(corpus.flatMap((attack) => GRADINGS.map((grading) => runAttack(field, attack, grading))));
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
  const open = attacks.filter(({ expected, succeeded }) => expected === 'no promise' && succeeded).length;
  const end = `${attacks.length - failed} of ${attacks.length} as they should be; ${open} succeed where in-process grading promises no defence.`;
  return [...lines, '', end].join('\n');
}

function cells({ ok, id, grading, expected, got, tries }: AttackResult): string[] {
  return [ok ? 'ok' : 'FAILED', id, grading, expected, got, tries];
}
