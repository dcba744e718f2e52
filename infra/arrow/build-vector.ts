import {
  type DataType,
  type Dictionary,
  type List,
  makeData,
  Utf8,
  Vector,
  type Data,
  type Field,
  DataType as Types,
} from 'apache-arrow';

/** What a column may hold. */
export type Value = string | number | boolean | readonly string[] | null | undefined;

/** A column of an Arrow table from one value a row; null or left out is null. */
export function buildVector(field: Field, values: readonly Value[]): Vector {
  return new Vector([buildData(field.type as DataType, values)]);
}

function buildData(type: DataType, values: readonly Value[]): Data {
  const { length } = values;
  const valid = validity(values);
  if (Types.isDictionary(type)) return dictionaryData(type, values as readonly (string | null)[], valid);
  if (Types.isList(type)) return listData(type, values as readonly (readonly string[] | null)[], valid);
  if (Types.isUtf8(type)) return makeData({ type, length, ...valid, ...utf8(values as readonly (string | null)[]) });
  if (Types.isBool(type)) return makeData({ type, length, ...valid, data: bits(length, (at) => values[at] === true) });
  return makeData({ type, length, ...valid, data: numbers(type, values as readonly (number | null)[]) } as never);
}

function numbers(type: DataType, values: readonly (number | null)[]): ArrayBufferView {
  const data = new (type.ArrayType as new (length: number) => Float64Array | BigInt64Array | Int32Array)(values.length);
  const isLong = data instanceof BigInt64Array;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    if (isLong) data[at] = BigInt(value);
    else data[at] = value;
  }
  return data;
}

function dictionaryData(type: Dictionary, values: readonly (string | null)[], valid: Validity): Data {
  const known = new Map<string, number>();
  const data = new Int32Array(values.length);
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? null;
    if (value === null) continue;
    let index = known.get(value);
    if (index === undefined) known.set(value, (index = known.size));
    data[at] = index;
  }
  const words = [...known.keys()];
  const dictionary = new Vector([makeData({ type: new Utf8(), length: words.length, nullCount: 0, ...utf8(words) })]);
  return makeData({ type, length: values.length, ...valid, data, dictionary });
}

function listData(type: List, values: readonly (readonly string[] | null)[], valid: Validity): Data {
  const valueOffsets = new Int32Array(values.length + 1);
  for (const [at, value] of values.entries()) valueOffsets[at + 1] = (valueOffsets[at] ?? 0) + (value?.length ?? 0);
  const items = values.flatMap((value) => value ?? []);
  const child = makeData({ type: new Utf8(), length: items.length, nullCount: 0, ...utf8(items) });
  return makeData({ type, length: values.length, ...valid, valueOffsets, child } as never);
}

function utf8(values: readonly (string | null)[]): { valueOffsets: Int32Array; data: Uint8Array } {
  const valueOffsets = new Int32Array(values.length + 1);
  let end = 0;
  for (let at = 0; at < values.length; at += 1) valueOffsets[at + 1] = end += Buffer.byteLength(values[at] ?? '');
  const data = Buffer.from(values.map((value) => value ?? '').join(''));
  // Halves of a surrogate pair at the seam of two texts became one sign.
  return {
    valueOffsets,
    data: data.length === end ? data : Buffer.concat(values.map((value) => Buffer.from(value ?? ''))),
  };
}

interface Validity {
  readonly nullCount: number;
  readonly nullBitmap: Uint8Array | null;
}

function validity(values: readonly Value[]): Validity {
  let nullCount = 0;
  for (const value of values) if (value === null || value === undefined) nullCount += 1;
  const nullBitmap = nullCount === 0 ? null : bits(values.length, (at) => (values[at] ?? null) !== null);
  return { nullCount, nullBitmap };
}

/** One bit a row, the lowest first. */
function bits(length: number, isSet: (at: number) => boolean): Uint8Array {
  const data = new Uint8Array(Math.ceil(length / 64) * 8);
  for (let at = 0; at < length; at += 1) if (isSet(at)) data[at >> 3] = (data[at >> 3] ?? 0) | (1 << (at & 7));
  return data;
}
