import type { Column, ColumnFile } from './column-file.js';

/** A column by name; one that the file lacks is null throughout. */
export function columnOf(file: ColumnFile, name: string): Column {
  return file.columns.get(name) ?? ABSENT;
}

const ABSENT: Column = {
  length: 0,
  valid: Buffer.alloc(0),
  data: new Int32Array(0),
  type: 'int',
  words: [],
  bytes: Buffer.alloc(0),
  items: new Int32Array(0),
};

/** Whether a row has a value. */
export function isValid({ valid }: Column, row: number): boolean {
  return valid === null || (((valid[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}

/** The bit of a flag column; false where null. */
export function flag(column: Column, row: number): boolean {
  return isValid(column, row) && (((column.data[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}

/** The number of an int or real column; 0 where null. */
export function number({ data }: Column, row: number): number {
  return data[row] ?? 0;
}

/** The numbers of an int column, or the halves of a long one; none of one that the file lacks. */
export function ints(file: ColumnFile, name: string): Int32Array {
  return columnOf(file, name).data as Int32Array;
}

/** The numbers of a real column; none of one that the file lacks. */
export function reals(file: ColumnFile, name: string): Float64Array {
  const { data } = columnOf(file, name);
  return data instanceof Float64Array ? data : NO_REALS;
}

const NO_REALS = new Float64Array(0);

/** The number of a row of a 64-bit column, exact up to 2^53; 0 where null. */
export function long(data: Column['data'], row: number): number {
  return ((data[row * 2] ?? 0) >>> 0) + (data[row * 2 + 1] ?? 0) * 4_294_967_296;
}

/** The first 13 digits, in lower-case hex, of a row's text as a number. */
export function hexNumber({ data, bytes }: Column, row: number): number {
  const from = data[row] ?? 0;
  // Two halves that small integers hold.
  return hexDigits(bytes, from, 6) * 2 ** 28 + hexDigits(bytes, from + 6, 7);
}

function hexDigits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) {
    const sign = bytes[at] ?? 48;
    value = (value << 4) | (sign < 58 ? sign - 48 : sign - 87);
  }
  return value;
}

/** A row's text. */
export function text({ data, bytes }: Column, row: number): string {
  return textBetween(bytes, data[row] ?? 0, data[row + 1] ?? 0);
}

function textBetween({ buffer, byteOffset }: Uint8Array, from: number, to: number): string {
  return Buffer.from(buffer, byteOffset + from, to - from).toString();
}

/** How many texts a row's list has. */
export function textsOf({ data }: Column, row: number): number {
  return (data[row + 1] ?? 0) - (data[row] ?? 0);
}

/** A row's list of texts. */
export function textList({ data, items, bytes }: Column, row: number): string[] {
  const texts: string[] = [];
  const end = data[row + 1] ?? 0;
  for (let at = data[row] ?? 0; at < end; at += 1) texts.push(textBetween(bytes, items[at] ?? 0, items[at + 1] ?? 0));
  return texts;
}

/** A column of few values: index of each row, -1 where null, and the values. */
export class Category {
  /** Of each row its index into `words`; meaningless where it is null. */
  readonly indices: Int32Array;
  readonly #column: Column;
  readonly words: readonly string[];

  constructor(column: Column) {
    const isText = column.type === 'text';
    const known = new Map<string, number>();
    this.#column = column;
    this.indices = isText
      ? Int32Array.from({ length: column.length }, (_, row) => intern(known, text(column, row)))
      : (column.data as Int32Array);
    this.words = isText ? [...known.keys()] : column.words;
  }

  index(row: number): number {
    return this.indices[row] ?? 0;
  }

  /** The value of a row that has one. */
  word(row: number): string {
    return this.words[this.indices[row] ?? 0] ?? '';
  }

  at(row: number): string | null {
    return isValid(this.#column, row) ? (this.words[this.indices[row] ?? 0] ?? null) : null;
  }
}

function intern(known: Map<string, number>, value: string): number {
  const index = known.get(value) ?? known.size;
  known.set(value, index);
  return index;
}

/** A function of the row that is worked out once for each value of a category. */
export function perValue<T>(category: Category, of: (row: number) => T): (row: number) => T {
  const known: T[] = [];
  return (row) => (known[category.index(row)] ??= of(row));
}
