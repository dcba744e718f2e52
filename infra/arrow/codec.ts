import { type Field, Table, tableFromIPC, tableToIPC } from 'apache-arrow';
import { buildVector, type Value } from './build-vector.js';
import { demandKnownVersion, MAGIC } from './format.js';
import { arrowSchema, type Columns, type Row } from './schema.js';

/**
 * Rows as an Arrow IPC file: the columns of the table, in its order; whatever else a row holds is left out. `metadata`
 * stands in the schema beside the version.
 */
export function encode<C extends Columns>(
  columns: C,
  rows: readonly Row<C>[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const schema = arrowSchema(columns, metadata);
  const vectors = schema.fields.map((field: Field) => {
    const values = rows.map((row) => (row as Readonly<Record<string, Value>>)[field.name]);
    return [field.name, buildVector(field, values)] as const;
  });
  return tableToIPC(rows.length === 0 ? new Table(schema) : new Table(schema, Object.fromEntries(vectors)), 'file');
}

/**
 * The rows of an Arrow IPC file as plain objects: lists are arrays, 64-bit integers are numbers. Columns that this
 * version does not know are left out. Throws a `UserError` if a newer version wrote it, another error if it is damaged.
 */
export function decode(columns: Columns, bytes: Uint8Array): Record<string, unknown>[] {
  if (!isWholeFile(bytes)) throw new Error('not a whole Arrow IPC file');
  const table = tableFromIPC(bytes);
  demandKnownVersion(table.schema.metadata);
  const names = Object.keys(columns);
  const children = names.map((name) => table.getChild(name));
  return Array.from({ length: table.numRows }, (_, row) =>
    Object.fromEntries(names.map((name, column) => [name, plain(children[column]?.get(row))])),
  );
}

/** Arrow's reader takes a file without its end for a shorter one, and an empty file for no rows. */
function isWholeFile(bytes: Uint8Array): boolean {
  const text = (part: Uint8Array): string => Buffer.from(part).toString('latin1');
  return text(bytes.subarray(0, MAGIC.length)) === MAGIC && text(bytes.subarray(-MAGIC.length)) === MAGIC;
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return isIterable(value) ? [...value] : value;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
