import { condition } from '@temporalio/workflow';

/**
 * Until all that a turn of the workflow has brought is taken in. A worker that knows nothing but the history may get an update and the
 * end of a child, which came before it, in one turn, with the update in front; replayed, they come one after the other. Commands
 * that follow from both must not depend on it (docs/decisions/034).
 */
export async function endOfTurn(): Promise<void> {
  let looks = 0;
  // Looked at once here, and again when nothing else is left to go on with.
  await condition(() => {
    looks += 1;
    return looks > 1;
  });
}
