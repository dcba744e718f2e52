import type { Command } from 'commander';
import { readConfig } from '../../infra/config.js';
import { UserError } from '../../infra/errors.js';
import { defaultSlots, parseRoles, runWorkers } from '../../workers/main.js';
import { type CommonOptions, openContext } from '../context.js';
import { Interrupt } from '../run-sweep.js';
import { openSession } from '../session.js';
import { common } from './common.js';

/** `up` and `worker`. */
export function addServing(program: Command): void {
  common(program.command('up'))
    .description('embedded server, its UI and all workers, until Ctrl-C')
    .action(async (flags: CommonOptions) => {
      const { config, log, say } = await openContext(flags);
      const interrupt = new Interrupt();
      const session = await openSession({ config, log, withWorkers: true });
      try {
        say(`Temporal UI: ${session.uiUrl ?? 'that of your cluster'}`);
        say(
          session.isHost
            ? 'Workers are up; Ctrl-C ends them.'
            : 'Another command hosts this home; this one takes over when it ends.',
        );
        while (!interrupt.seen) await interrupt.sleep(60_000);
      } finally {
        await session.close();
        interrupt.dispose();
      }
    });
  common(program.command('worker'))
    .option('--role <roles>', 'control, model, sandbox; several with commas', 'control,model,sandbox')
    .option('--slots <n>', 'programs at the same time', String(defaultSlots()))
    .description('a worker for an existing cluster (TEMPORAL_ADDRESS or a profile); drains on SIGTERM')
    .action(async ({ role, slots, home }: CommonOptions & { role: string; slots: string }) => {
      const count = Number(slots);
      if (!Number.isInteger(count) || count < 1) {
        throw new UserError(`--slots must be a whole number of 1 or more, not "${slots}".`, {
          hint: 'One for each core is usual.',
          exitCode: 2,
        });
      }
      await runWorkers(parseRoles(role), readConfig(home), count);
    });
}
