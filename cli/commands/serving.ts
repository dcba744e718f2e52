import type { Command } from 'commander';
import { defaultSlots, parseRoles, serveWorkers } from '../../workers/main.js';
import { UserError } from '../../infra/errors.js';
import { type CommonOptions, openContext } from '../context.js';
import { demandSomeWalls } from '../demand-walls.js';
import { Interrupt } from '../interrupt.js';
import { metricsLine } from '../run-sweep.js';
import { openSession, type Session } from '../session.js';
import { keepUp } from '../standing.js';
import { common, type MetricsFlags, metricsOf, metricsOption, whole } from './common.js';
import { ALL_APART } from '../../workers/roles.js';

interface WorkerFlags extends CommonOptions, MetricsFlags, Record<'role' | 'slots' | 'perGpu', string> {}

async function serve(flags: CommonOptions & MetricsFlags): Promise<void> {
  const metrics = metricsOf(flags);
  const context = await openContext(flags);
  const { config, log, say } = context;
  if (config.cluster !== null) {
    throw new UserError('"up" has a server of its own, and TEMPORAL_ADDRESS or a Temporal profile names another one.', {
      hint: 'Use "aicodereval worker" for that cluster, or unset it.',
      exitCode: 2,
    });
  }
  await demandSomeWalls(context);
  const interrupt = new Interrupt();
  const release = keepUp(config.home);
  let session: Session | null = null;
  try {
    session = await openSession({ config, log, crews: ALL_APART, metrics });
    if (session.uiUrl !== null) say(`Temporal UI: ${session.uiUrl}`);
    if (metrics !== null) say(metricsLine(session));
    say(
      session.isHost
        ? 'Workers are up; Ctrl-C ends them.'
        : 'Another command hosts this home; this one takes over when it ends.',
    );
    while (!interrupt.seen) await interrupt.sleep(60_000);
  } finally {
    await session?.close();
    await release();
    interrupt.dispose();
  }
}

/** `up` and `worker`. */
export function addServing(program: Command): void {
  metricsOption(common(program.command('up')))
    .description('embedded server, its UI and all workers, until Ctrl-C; they log to logs/ of the home folder')
    .action(serve);
  metricsOption(common(program.command('worker')))
    .option('--role <roles>', 'control, model, sandbox, gpu; several with commas', 'control,model,sandbox')
    .option('--slots <n>', 'role sandbox: programs at the same time', String(defaultSlots()))
    .option('--per-gpu <n>', 'role gpu: programs at the same time on each GPU', '1')
    .description('a worker for an existing cluster (TEMPORAL_ADDRESS or a profile); drains on SIGTERM')
    .action(async (flags: WorkerFlags) => {
      const { role, slots, perGpu } = flags;
      const roles = parseRoles(role);
      const capacity = {
        slots: whole('--slots', slots, 1, 'One for each core is usual.'),
        perGpu: whole('--per-gpu', perGpu, 1, 'With 1 each program has its GPU to itself.'),
      };
      const metrics = metricsOf(flags);
      const context = await openContext(flags);
      if (roles.includes('sandbox') || roles.includes('gpu')) await demandSomeWalls(context);
      await serveWorkers(roles, context.config, capacity, metrics);
    });
}
