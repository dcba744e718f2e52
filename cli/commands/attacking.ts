import { availableParallelism, tmpdir } from 'node:os';
import type { Command } from 'commander';
import { GRADINGS } from '../../domain/task.js';
import { type AttackResult, type Battlefield, readCorpus, runAttack } from '../../infra/attacks/attack.js';
import { UserError } from '../../infra/errors.js';
import type { Attack } from '../../infra/parse/attack.js';
import { ownerEntry } from '../../infra/processes.js';
import { Sandboxes } from '../../workers/sandboxes.js';
import { type CommonOptions, openContext } from '../context.js';
import { common, parseBackend } from './common.js';

/** `attack`. */
export function addAttacking(program: Command): void {
  common(program.command('attack'))
    .option('--backend <name>', 'the sandbox to attack: local or docker', 'local')
    .option('--environment <name>', 'the attacks that need the libraries of this environment', 'base')
    .description(
      'cheating and hostile programs through the real sandbox; exit 1 if one is graded as a pass or gets out',
    )
    .action(
      async ({ backend, environment: name, ...flags }: CommonOptions & Record<'backend' | 'environment', string>) => {
        const context = await openContext(flags);
        const attacks = await attacksOf(name);
        const place = { environment: name, digest: '', backend: parseBackend(backend) };
        const many = await Sandboxes.open(context.config, availableParallelism(), { isCareful: false });
        const one = await Sandboxes.open(context.config, 1, { isCareful: false });
        try {
          const environment = Object.values(await ownerEntry(context.config.home));
          const [sandbox, single] = await Promise.all([many.get(place), one.get(place)]);
          const results = await runAll({ sandbox, single, folder: tmpdir(), environment }, attacks);
          context.print({ backend, attacks: results }, renderAttacks(results));
          process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
        } finally {
          await Promise.all([many.close(), one.close()]);
        }
      },
    );
}

async function attacksOf(environment: string): Promise<Attack[]> {
  const corpus = await readCorpus();
  const found = corpus.filter((attack) => attack.environment === environment);
  if (found.length > 0) return found;
  const names = [...new Set(corpus.map((attack) => attack.environment))].join(', ');
  throw new UserError(`There are no attacks for an environment "${environment}".`, {
    hint: `There are some for ${names}.`,
    exitCode: 2,
  });
}

async function runAll(field: Battlefield, attacks: readonly Attack[]): Promise<AttackResult[]> {
  return Promise.all(attacks.flatMap((attack) => GRADINGS.map((grading) => runAttack(field, attack, grading))));
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
