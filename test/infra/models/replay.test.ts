import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure } from '../../../domain/failures.js';
import type { ModelAnswer } from '../../../infra/models/model.js';
import { recordLine, replayModel, requestHash } from '../../../infra/models/replay.js';
import { readReplayFile } from '../../../infra/parse/replay-file.js';
import { never, requestOf, specOf } from './specs.js';

async function withFile<T>(text: string, body: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'replay-'));
  try {
    const file = join(folder, 'answers.jsonl');
    await writeFile(file, text);
    return await body(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function ask(file: string, content: string): Promise<ModelAnswer> {
  const spec = specOf({ id: `replay:${file}` });
  return replayModel(file).generate(requestOf(spec, { messages: [{ role: 'user', content }] }), never());
}

const answer: ModelAnswer = {
  text: 'def f(): ...',
  finishReason: 'length',
  promptTokens: 3,
  cachedTokens: null,
  completionTokens: 4,
  reasoningTokens: null,
  costUsd: 0,
  model: 'm',
  ms: 5,
};

describe('the hash of a request', () => {
  const spec = specOf();
  const base = requestOf(spec);

  test('stays the same: recordings outlive this program', () => {
    expect(requestHash(base)).toBe('8c97b5bde0eb5e95b04ed9f47ed5ae1ced718404e1d1c10f6601e6e7f80b174a');
  });

  test.each([
    ['messages', requestOf(spec, { messages: [{ role: 'system', content: 'Write f.' }] })],
    ['seed', requestOf(spec, { seed: 8 })],
    ['temperature', requestOf(specOf({ temperature: 0.1 }))],
    ['top_p', requestOf(specOf({ topP: 0.9 }))],
    ['max_tokens', requestOf(specOf({ maxTokens: 65 }))],
    ['stop', requestOf(specOf({ stop: ['x'] }))],
  ])('changes with %s', (_name, other) => {
    expect(requestHash(other)).not.toBe(requestHash(base));
  });

  test('is blind to what does not decide an answer', () => {
    const other = specOf({ id: 'openai:b', label: 'b', timeoutMs: 1, concurrency: 9, promptUsdPerMillion: 3 });
    expect(requestHash(requestOf(other, { key: 'other' }))).toBe(requestHash(base));
  });
});

test('whatever was recorded is answered again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }),
      fc.integer(),
      (content, text, seed) => {
        const request = requestOf(specOf(), { messages: [{ role: 'user', content }], seed });
        return withFile(recordLine(request, { ...answer, text }), async (file) => {
          const replayed = await replayModel(file).generate(request, never());
          expect(replayed).toMatchObject({ text, finishReason: 'length', promptTokens: 3, completionTokens: 4 });
        });
      },
    ),
    { numRuns: 50 },
  );
});

test('a hash goes before a match, the first match before later ones', async () => {
  const lines = [
    { match: 'add', completion: 'first' },
    { match: '', completion: 'anything' },
    {
      request_sha256: requestHash(requestOf(specOf(), { messages: [{ role: 'user', content: 'add it' }] })),
      completion: 'exact',
    },
  ];
  await withFile(lines.map((line) => JSON.stringify(line)).join('\n'), async (file) => {
    expect((await ask(file, 'add it')).text).toBe('exact');
    expect((await ask(file, 'please add')).text).toBe('first');
    expect((await ask(file, 'else')).text).toBe('anything');
  });
});

test('a miss names the hash, the file and the cure', async () => {
  await withFile('', async (file) => {
    const failure = (await ask(file, 'x').catch((error: unknown) => error)) as Failure;
    expect(failure.type).toBe('ReplayMiss');
    expect(failure.message).toMatch(/^No answer to request [0-9a-f]{64} in .*answers\.jsonl: record it/);
    expect(failure.message).toContain(file);
  });
});

test('a file that was missing is read once it is there', async () => {
  await withFile('', async (file) => {
    const late = `${file}.late`;
    const model = replayModel(late);
    const request = requestOf(specOf());
    await expect(model.generate(request, never())).rejects.toMatchObject({ type: 'ReplayMiss' });
    await writeFile(late, recordLine(request, answer));
    expect((await model.generate(request, never())).text).toBe(answer.text);
  });
});

test('a file that was corrected is read again, also where it could not be read before', async () => {
  const request = requestOf(specOf());
  await withFile('{"match":', async (file) => {
    const model = replayModel(file);
    await expect(model.generate(request, never())).rejects.toMatchObject({ type: 'ReplayMiss' });
    for (const text of ['the first', 'the other one']) {
      await writeFile(file, recordLine(request, { ...answer, text }));
      expect((await model.generate(request, never())).text).toBe(text);
    }
  });
});

test.each([
  ['{"match":"a","completion":"b"}\n{"match":', ':2: not JSON'],
  ['\n\n{"match":"a"}', ':3: completion: '],
  ['{"completion":"b"}', ':1: needs request_sha256 or match'],
  ['{"match":"a","completion":"b","finish_reason":"done"}', ':1: finish_reason: '],
  ['{"request_sha256":"abc","completion":"b"}', ':1: request_sha256: must be 64 hexadecimal digits'],
  ['{"match":"a","completion":"b","prompt_tokens":-1}', ':1: prompt_tokens: '],
  ['{"match":"a","completion":"b","colour":1}', 'colour'],
])('a broken line is a usage error with its place: %s', async (text, message) => {
  await withFile(text, async (file) => {
    await expect(readReplayFile(file)).rejects.toMatchObject({
      name: 'UserError',
      exitCode: 2,
      message: expect.stringContaining(message),
    });
  });
});

test('a file that does not exist is a usage error', async () => {
  await expect(readReplayFile('/no/such/file.jsonl')).rejects.toMatchObject({ name: 'UserError', exitCode: 2 });
});

test('who gave an answer is said where the file says it', async () => {
  const lines = [
    { match: 'known', completion: 'x', model: 'somebody' },
    { match: 'unknown', completion: 'y' },
  ];
  // The first match counts: "unknown" holds "known".
  const file = lines.toReversed().map((line) => `${JSON.stringify(line)}\n`);
  await withFile(file.join(''), async (path) => {
    expect((await ask(path, 'known')).model).toBe('somebody');
    expect((await ask(path, 'unknown')).model).toBe(`replay:${path}`);
  });
});
