import type { WorkflowHandle, WorkflowExecutionDescription } from '@temporalio/client';
import type { Interrupt } from './interrupt.js';
import { orNull } from './progress.js';
import type { Session } from './session.js';

/** How following a workflow came to its end. */
export type Ending = 'done' | 'cancelled' | 'failed' | 'interrupted';

/** What one look at a workflow found; null where nobody can say, as while a server is started again. */
export interface Look {
  readonly handle: WorkflowHandle;
  readonly description: WorkflowExecutionDescription | null;
}

/** Looks every so many milliseconds, and shows each look, until the workflow has closed or the user interrupts. */
export async function follow(
  session: Session,
  workflowId: string,
  { everyMs, interrupt }: { everyMs: number; interrupt: Interrupt },
  show: (look: Look) => Promise<void>,
): Promise<Ending> {
  while (!interrupt.seen) {
    // Asked for anew each time: a session may have taken over the server.
    const handle = session.client.workflow.getHandle(workflowId);
    const description = await orNull(handle.describe());
    await show({ handle, description });
    const ending = endingOf(description?.status.name ?? 'RUNNING');
    if (ending !== null) return ending;
    await interrupt.sleep(everyMs);
  }
  return 'interrupted';
}

function endingOf(status: string): Ending | null {
  if (status === 'RUNNING' || status === 'CONTINUED_AS_NEW') return null;
  if (status === 'COMPLETED') return 'done';
  return status === 'CANCELLED' ? 'cancelled' : 'failed';
}
