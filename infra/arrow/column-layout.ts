import type { Field, Schema } from 'apache-arrow';
import { type DataType, DataType as Types } from 'apache-arrow/type';
import type { Column } from './column-file.js';

/** Bytes of a file. */
export interface Region {
  readonly offset: number;
  readonly length: number;
}

/** No bytes. */
export const NOWHERE: Region = { offset: 0, length: 0 };

/** What a message says of a record batch or a dictionary. */
export interface BatchHeader {
  readonly length: number;
  readonly nodes: readonly { readonly nullCount: number; readonly length: number }[];
  readonly buffers: readonly Region[];
}

const NOTHING = Buffer.alloc(0);
const NO_INTS = new Int32Array(0);

/** A column of a file. */
interface Place {
  readonly field: Field;
  readonly nullCount: number;
  /** Validity first, then what the type has. Offsets in the file. */
  readonly regions: readonly Region[];
  readonly length: number;
}

/** Where each column of a record batch lies, in the order that the format lays down. */
export function layoutOf(schema: Schema, { nodes, buffers, length }: BatchHeader, body: number): Place[] {
  let [node, buffer] = [0, 0];
  return schema.fields.map((field) => {
    const type = field.type as DataType;
    const [nodeCount, bufferCount] = Types.isList(type) ? [2, 5] : [1, Types.isUtf8(type) ? 3 : 2];
    const regions = buffers
      .slice(buffer, buffer + bufferCount)
      .map((region) => ({ offset: body + region.offset, length: region.length }));
    const place = { field, nullCount: nodes[node]?.nullCount ?? 0, regions, length };
    node += nodeCount;
    buffer += bufferCount;
    return place;
  });
}

/** A column whose bytes are loaded: views into them. */
export function columnOf(
  { field, nullCount, regions, length }: Place,
  bytes: Buffer,
  dictionaries: ReadonlyMap<number, readonly string[]>,
): Column {
  const type = field.type as DataType;
  const part = (at: number): Uint8Array => {
    const { offset, length: size } = regions[at] ?? NOWHERE;
    return bytes.subarray(offset, offset + size);
  };
  const ints = (at: number, count: number): Int32Array =>
    count === 0 ? new Int32Array(1) : new Int32Array(bytes.buffer, regions[at]?.offset ?? 0, count);
  const isEmpty = length === 0;
  // One literal for columns of all types: what reads them is made for objects of one shape.
  const column = (
    kind: Column['type'],
    data: Column['data'],
    more: Partial<Pick<Column, 'words' | 'bytes' | 'items'>> = {},
  ): Column => ({
    length,
    valid: nullCount === 0 ? null : part(0),
    data,
    type: kind,
    words: more.words ?? [],
    bytes: more.bytes ?? NOTHING,
    items: more.items ?? NO_INTS,
  });
  if (Types.isDictionary(type)) return column('category', ints(1, length), { words: dictionaries.get(type.id) ?? [] });
  if (Types.isUtf8(type)) return column('text', ints(1, isEmpty ? 0 : length + 1), { bytes: part(2) });
  if (Types.isList(type)) {
    const ends = ints(1, isEmpty ? 0 : length + 1);
    return column('texts', ends, { items: ints(3, (ends[length] ?? 0) + 1), bytes: part(4) });
  }
  if (Types.isBool(type)) return column('flag', part(1));
  if (Types.isFloat(type)) {
    const { offset } = regions[1] ?? NOWHERE;
    return column('real', isEmpty ? new Float64Array(0) : new Float64Array(bytes.buffer, offset, length));
  }
  const isLong = !Types.isInt(type) || type.bitWidth === 64;
  return column(isLong ? 'long' : 'int', ints(1, isLong ? length * 2 : length));
}
