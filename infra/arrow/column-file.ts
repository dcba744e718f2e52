import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type DataType, DataType as Types, type Field, Message, type Schema } from 'apache-arrow';
import { Footer } from 'apache-arrow/ipc/metadata/file';
import { demandKnownVersion, MAGIC } from './codec.js';

/** One column of a file. Views into the reader's memory: gone with its next `read`. */
export interface Column {
  readonly length: number;
  /** A bit a row, the lowest first; null where no value is null. */
  readonly valid: Uint8Array | null;
  /** What `type` says: numbers, indices into `words`, halves of 64-bit integers (low, high), ends of texts, bits. */
  readonly data: Int32Array | Float64Array | Uint8Array;
  readonly type: 'int' | 'long' | 'real' | 'flag' | 'category' | 'text' | 'texts';
  /** Of a category. */
  readonly words: readonly string[];
  /** Bytes of a text column; of `texts` those of its items, whose ends are `items`. */
  readonly bytes: Uint8Array;
  readonly items: Int32Array;
}

/** Chosen columns of one file. */
export interface ColumnFile {
  readonly rows: number;
  readonly metadata: ReadonlyMap<string, string>;
  /** Those that the file has. */
  readonly columns: ReadonlyMap<string, Column>;
}

interface Region {
  readonly offset: number;
  readonly length: number;
}

/** What lies closer together is read at once. */
const GAP = 16_384;
const HEAD = 65_536;
const NOT_WHOLE = 'not a whole Arrow IPC file';
const NOTHING = Buffer.alloc(0);
const NO_INTS = new Int32Array(0);

/**
 * Reads chosen columns of Arrow IPC files and leaves the rest on disk: a report needs a tenth of what is there. Files of
 * one record batch, as `encode` writes them. One memory for all files, as large as the largest. Reads at once and not beside
 * other work: what a segment takes is a few milliseconds, and twice that if it is handed to a thread and back.
 */
export class ColumnReader {
  #memory = new ArrayBuffer(0);
  /** Of columns whose dictionary is the very bytes of the file before. */
  readonly #words = new Map<number, { readonly bytes: Buffer; readonly words: readonly string[] }>();
  /** One string for a word of all files: what is the same object need not be compared letter by letter. */
  readonly #known = new Map<string, string>();

  /** Throws a `UserError` if a newer version wrote the file, another error if it is damaged. */
  read(path: string, names: ReadonlySet<string>): ColumnFile {
    const file = openSync(path, 'r');
    try {
      return this.#readFrom(file, names);
    } finally {
      closeSync(file);
    }
  }

  #readFrom(file: number, names: ReadonlySet<string>): ColumnFile {
    const { size } = fstatSync(file);
    if (this.#memory.byteLength < size + 8) this.#memory = new ArrayBuffer(Math.ceil((size * 1.5) / 8) * 8 + 8);
    const bytes = Buffer.from(this.#memory, 0, size);
    const walk = new Walk(file, bytes);
    // Its reader would make every dictionary anew to tell the schema.
    const { schema } = Footer.decode(walk.loadFooter());
    demandKnownVersion(schema.metadata);
    const found: { header: BatchHeader; body: number }[] = [];
    const dictionaries = new Map<number, readonly string[]>();
    for (let next = walk.next(); next !== null; next = walk.next()) {
      const { message, body } = next;
      if (message.isDictionaryBatch()) {
        const { id, data } = message.header();
        walk.load(body, body + message.bodyLength);
        dictionaries.set(id, this.#wordsOf(id, bytes, body, data));
      } else if (message.isRecordBatch()) found.push({ header: message.header(), body });
    }
    if (found.length > 1) throw new Error('an Arrow IPC file of several record batches');
    const [batch] = found;
    const layout =
      batch === undefined
        ? []
        : layoutOf(schema, batch.header, batch.body).filter(({ field }) => names.has(field.name));
    walk.loadAll(layout.flatMap(({ regions }) => regions));
    const columns = layout.map((column) => [column.field.name, columnOf(column, bytes, dictionaries)] as const);
    return { rows: batch?.header.length ?? 0, metadata: schema.metadata, columns: new Map(columns) };
  }

  #wordsOf(name: number, bytes: Buffer, body: number, { length, buffers }: BatchHeader): readonly string[] {
    const [, ends = NOWHERE, texts = NOWHERE] = buffers;
    const from = body + ends.offset;
    const known = this.#words.get(name);
    const all = bytes.subarray(from, body + texts.offset + texts.length);
    if (known !== undefined && known.bytes.equals(all)) return known.words;
    const offsets = new Int32Array(bytes.buffer, from, length + 1);
    const start = body + texts.offset;
    const words = Array.from({ length }, (_, at) =>
      this.#wordOf(bytes.toString('utf8', start + (offsets[at] ?? 0), start + (offsets[at + 1] ?? 0))),
    );
    this.#words.set(name, { bytes: Buffer.from(all), words });
    return words;
  }

  #wordOf(text: string): string {
    const known = this.#known.get(text);
    if (known === undefined) this.#known.set(text, text);
    return known ?? text;
  }
}

const NOWHERE: Region = { offset: 0, length: 0 };

interface BatchHeader {
  readonly length: number;
  readonly nodes: readonly { readonly nullCount: number; readonly length: number }[];
  readonly buffers: readonly Region[];
}

/** Goes through the messages of a file, and loads of it what is asked for. */
class Walk {
  readonly #file: number;
  readonly #bytes: Buffer;
  #at = 8;
  /** Where the messages end. */
  #end = 0;
  /** The file's head is loaded up to here. */
  #loaded = 0;

  constructor(file: number, bytes: Buffer) {
    this.#file = file;
    this.#bytes = bytes;
  }

  /** Loads the schema, which stands at the end. */
  loadFooter(): Buffer {
    const { length } = this.#bytes;
    const tail = MAGIC.length + 4;
    if (length > 8 + tail) this.#read(length - tail, length);
    if (length <= 8 + tail || this.#bytes.toString('latin1', length - MAGIC.length) !== MAGIC)
      throw new Error(NOT_WHOLE);
    this.#end = length - tail - this.#bytes.readInt32LE(length - tail);
    if (this.#end < 8) throw new Error(NOT_WHOLE);
    this.#read(this.#end, length - tail);
    return this.#bytes.subarray(this.#end, length - tail);
  }

  /** Null after the last. */
  next(): { message: Message; body: number } | null {
    if (this.#at + 8 > this.#end) return null;
    this.load(this.#at, this.#at + 8);
    const length = this.#bytes.readInt32LE(this.#at + 4);
    if (length <= 0) return null;
    const start = this.#at + 8;
    this.load(start, start + length);
    const message = Message.decode(this.#bytes.subarray(start, start + length));
    this.#at = start + length + message.bodyLength;
    return { message, body: start + length };
  }

  load(from: number, to: number): void {
    if (to <= this.#loaded) return;
    const until = Math.min(this.#bytes.length, Math.max(to, Math.min(from, this.#loaded + GAP) + HEAD));
    const start = from > this.#loaded + GAP ? from : this.#loaded;
    this.#read(start, until);
    this.#loaded = until;
  }

  loadAll(regions: readonly Region[]): void {
    const sorted = regions.filter(({ length }) => length > 0).toSorted((a, b) => a.offset - b.offset);
    let [from, to] = [0, 0];
    for (const { offset, length } of sorted) {
      if (offset > to + GAP) {
        this.#read(from, to);
        from = offset;
      }
      to = Math.max(to, offset + length);
    }
    this.#read(from, to);
  }

  #read(from: number, to: number): void {
    for (let at = from; at < to;) {
      const bytesRead = readSync(this.#file, this.#bytes, at, to - at, at);
      if (bytesRead === 0) throw new Error('an Arrow IPC file that ends within a column');
      at += bytesRead;
    }
  }
}

interface Place {
  readonly field: Field;
  readonly nullCount: number;
  /** Validity first, then what the type has. Offsets in the file. */
  readonly regions: readonly Region[];
  readonly length: number;
}

/** Where each column of a record batch lies, in the order that the format lays down. */
function layoutOf(schema: Schema, { nodes, buffers, length }: BatchHeader, body: number): Place[] {
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

function columnOf(
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
