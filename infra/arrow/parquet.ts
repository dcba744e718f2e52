import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { SCHEMA_VERSION, VERSION_KEY } from './format.js';
import { baseKind, type Columns, type Row } from './schema.js';

/** Rows of a row group: readers take them one at a time. */
const GROUP = 50_000;

/** Rows as a Parquet file (Snappy): the columns of the table, in its order, with the version in the file's metadata. */
export function encodeParquet<C extends Columns>(columns: C, rows: readonly Row<C>[]): Uint8Array {
  const schema = Object.entries(columns).flatMap(([name, kind]) => elements(name, baseKind(kind), kind.endsWith('?')));
  const root = { name: 'root', num_children: Object.keys(columns).length };
  const kvMetadata = [{ key: VERSION_KEY, value: String(SCHEMA_VERSION) }];
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema: [root, ...schema], kvMetadata, createdBy: 'aicodereval' });
  for (let from = 0; from < rows.length; from += GROUP) {
    const group = rows.slice(from, from + GROUP) as readonly Readonly<Record<string, unknown>>[];
    const columnData = Object.entries(columns).map(([name, kind]) => ({
      name,
      data: group.map((row) => physical(row[name], baseKind(kind))),
    }));
    void writer.write({ columnData, rowGroupSize: GROUP });
  }
  void writer.finish();
  return bytes.getBytes();
}

type Base = ReturnType<typeof baseKind>;
type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** The schema of a column; lists have the three levels that the format lays down. */
function elements(name: string, kind: Base, isNullable: boolean): SchemaElement[] {
  const repetition_type = isNullable ? 'OPTIONAL' : 'REQUIRED';
  if (kind !== 'texts') return [{ name, repetition_type, ...TYPES[kind] }];
  return [
    { name, repetition_type, num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', ...TYPES.text },
  ];
}

const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;
const TYPES: Readonly<Record<Exclude<Base, 'texts'>, Omit<SchemaElement, 'name'>>> = {
  text: TEXT,
  category: TEXT,
  flag: { type: 'BOOLEAN' },
  int: { type: 'INT32' },
  long: { type: 'INT64' },
  real: { type: 'DOUBLE' },
  time: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
};

function physical(value: unknown, kind: Base): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'time') return new Date(value as number);
  return kind === 'long' ? BigInt(value as number) : value;
}
