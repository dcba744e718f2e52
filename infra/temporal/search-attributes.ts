import type { Connection } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.js';
import { UserError } from '../errors.js';

const { IndexedValueType } = proto.temporal.api.enums.v1;

const TYPES = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  INT: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  DOUBLE: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  BOOL: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
};

/**
 * Registers the search attributes that the namespace lacks. A server takes the same name with another type without a
 * word and then refuses every workflow, so types are compared here. Throws a `UserError` (exit 3).
 */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const missing = await missingAttributes(connection, namespace);
  if (Object.keys(missing).length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
  } catch (cause) {
    throw new UserError(`The search attributes ${Object.keys(missing).join(', ')} cannot be registered.`, {
      hint: 'Ask whoever runs the cluster to add them: docs/operations.md lists their names and types.',
      exitCode: 3,
      cause,
    });
  }
  await untilRegistered(connection, namespace);
}

async function missingAttributes(
  connection: Connection,
  namespace: string,
): Promise<Record<string, temporal.api.enums.v1.IndexedValueType>> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing: Record<string, temporal.api.enums.v1.IndexedValueType> = {};
  for (const [name, kind] of Object.entries(SEARCH_ATTRIBUTES)) {
    const present = customAttributes?.[name];
    if (present === undefined || present === null) missing[name] = TYPES[kind];
    else if (present !== TYPES[kind]) {
      throw new UserError(`The namespace ${namespace} has a search attribute ${name} of another type.`, {
        hint: `Remove it there (it must be of type ${kind}), or use another namespace.`,
        exitCode: 3,
      });
    }
  }
  return missing;
}

/** On SQL databases a new attribute can be used only after a cache has expired, about two seconds later. */
async function untilRegistered(connection: Connection, namespace: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Object.keys(await missingAttributes(connection, namespace)).length > 0) {
    if (Date.now() > deadline) {
      throw new UserError('The search attributes were registered but do not become visible.', {
        hint: 'Look at the logs of the Temporal server, then run the command again.',
        exitCode: 3,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
