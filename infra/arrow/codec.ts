import { Table, tableFromIPC, tableToIPC, vectorFromArray, type DataType, type Schema } from 'apache-arrow';
import { UserError } from '../errors.js';
import { arrowSchema, baseKind, SCHEMA_VERSION, VERSION_KEY, type Columns, type Row } from './schema.js';

const MAGIC = 'ARROW1';

/** Rows as an Arrow IPC file: the columns of the table, in its order; whatever else a row holds is left out. */
export function encode<C extends Columns>(columns: C, rows: readonly Row<C>[]): Uint8Array {
  const schema = arrowSchema(columns);
  const table = rows.length === 0 ? new Table(schema) : new Table(schema, vectors(schema, columns, rows));
  return tableToIPC(table, 'file');
}

function vectors(schema: Schema, columns: Columns, rows: readonly Readonly<Record<string, unknown>>[]) {
  const entries = schema.fields.map(({ name, type }: { name: string; type: DataType }) => {
    const isLong = baseKind(columns[name] ?? 'text') === 'long';
    const values = rows.map((row): unknown => (isLong ? toBigInt(row[name]) : (row[name] ?? null)));
    return [name, vectorFromArray(values, type)] as const;
  });
  return Object.fromEntries(entries);
}

function toBigInt(value: unknown): bigint | null {
  return typeof value === 'number' ? BigInt(value) : null;
}

/**
 * The rows of an Arrow IPC file as plain objects: lists are arrays, 64-bit integers are numbers. Columns that this
 * version does not know are left out. Throws a `UserError` if a newer version wrote it, another error if it is damaged.
 */
export function decode(columns: Columns, bytes: Uint8Array): Record<string, unknown>[] {
  if (!isWholeFile(bytes)) throw new Error('not a whole Arrow IPC file');
  const table = tableFromIPC(bytes);
  const version = Number(table.schema.metadata.get(VERSION_KEY));
  if (version > SCHEMA_VERSION) {
    throw new UserError(`The results were written by a newer version of aicodereval (schema ${version}).`, {
      hint: `Update aicodereval; this version reads schema ${SCHEMA_VERSION}.`,
      exitCode: 3,
    });
  }
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
