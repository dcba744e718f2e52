import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { encodeFrame, readFrames } from '../../../infra/sandbox/frames.js';

/** What a reader makes of bytes that arrive in these chunks. */
function read(chunks: readonly Buffer[]): { frames: unknown[]; errors: string[] } {
  const stream = new PassThrough();
  const frames: unknown[] = [];
  const errors: string[] = [];
  readFrames(
    stream,
    (text) => frames.push(JSON.parse(text)),
    (error) => errors.push(error.message),
  );
  for (const chunk of chunks) stream.emit('data', chunk);
  return { frames, errors };
}

test('messages come out as they went in, however the stream is cut', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 });
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), sizes, (messages, cuts) => {
      const bytes = Buffer.concat(messages.map((message) => encodeFrame(message)));
      const chunks: Buffer[] = [];
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const size = cuts[turn % cuts.length] ?? 1;
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      expect(read(chunks)).toEqual({ frames: JSON.parse(JSON.stringify(messages)), errors: [] });
    }),
  );
});

test('a length that no message has is an error, once', () => {
  const rubbish = Buffer.from('this is no frame');
  expect(read([rubbish, rubbish])).toEqual({ frames: [], errors: [expect.stringMatching(/beyond the limit/)] });
});
