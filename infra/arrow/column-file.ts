import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
// Parts alone: all of Arrow takes 60 ms more to load.
import { Footer } from 'apache-arrow/ipc/metadata/file';
import { Message } from 'apache-arrow/ipc/metadata/message';
import { type BatchHeader, columnOf, layoutOf, NOWHERE, type Region } from './column-layout.js';
import { demandKnownVersion, MAGIC } from './format.js';

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

/** What lies closer together is read at once. */
const GAP = 16_384;
const HEAD = 65_536;
const NOT_WHOLE = 'not a whole Arrow IPC file';

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
