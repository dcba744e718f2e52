import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';

/** A text in parts, made as they are asked for: all of it may be more than one string holds (512 MiB). */
export type Texts = Iterable<string> | AsyncIterable<string>;

/** Characters that a piece has at least: a write for each line would take longer than the line. */
const PIECE = 1 << 20;

/** The same text in pieces of `PIECE` characters, and the rest of the part that passes it; the last may be shorter. */
export async function* joined(texts: Texts): AsyncGenerator<string> {
  let piece = '';
  for await (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** The content packed as by gzip, as it comes. What its making throws is thrown to whoever reads. */
export function gzipped(content: AsyncIterable<string> | Iterable<Uint8Array>): AsyncIterable<Uint8Array> {
  // An error reaches the reader through the last stream: there is nothing else to do about it.
  return pipeline(content, createGzip({ level: 9 }), () => undefined);
}
