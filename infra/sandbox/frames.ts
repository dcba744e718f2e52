import type { Readable } from 'node:stream';

const HEADER_BYTES = 4;
/** A report holds two capped streams; more than this is no report. */
const MAX_FRAME_BYTES = 64 * 1024 * 1024;

/** A message for the fork server: its length in 4 bytes (big endian), then JSON in UTF-8. */
export function encodeFrame(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(body.length);
  return Buffer.concat([header, body]);
}

/** Calls `onFrame` with the text of each frame that arrives, and `onError` once if the stream is no series of frames. */
export function readFrames(stream: Readable, onFrame: (text: string) => void, onError: (error: Error) => void): void {
  let chunks: Buffer[] = [];
  let held = 0;
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    held += chunk.length;
    let frame: string | null;
    while ((frame = take()) !== null) onFrame(frame);
  });

  function take(): string | null {
    if (held < HEADER_BYTES) return null;
    const size = peekSize();
    if (size > MAX_FRAME_BYTES) {
      stream.removeAllListeners('data').resume();
      onError(new Error(`a frame of ${size} bytes is beyond the limit of ${MAX_FRAME_BYTES}`));
      return null;
    }
    if (held < HEADER_BYTES + size) return null;
    const all = Buffer.concat(chunks);
    const rest = all.subarray(HEADER_BYTES + size);
    chunks = rest.length > 0 ? [rest] : [];
    held = rest.length;
    return all.toString('utf8', HEADER_BYTES, HEADER_BYTES + size);
  }

  function peekSize(): number {
    const [first] = chunks;
    if (first === undefined || first.length < HEADER_BYTES) chunks = [Buffer.concat(chunks)];
    return chunks[0]?.readUInt32BE() ?? 0;
  }
}
