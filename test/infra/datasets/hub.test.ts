import { describe, expect, jest, test } from '@jest/globals';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { ensureHubFile } from '../../../infra/datasets/hub.js';
import { callInChild } from '../../support/child.js';
import type { Manner } from '../tools/file-server.js';
import {
  TOKEN,
  PATH,
  file,
  lfs,
  serve,
  home,
  start,
  environment,
  target,
  ensure,
  expectWhole,
  errorOf,
} from './hub-home.js';

// Other tests may use the same cores.
jest.setTimeout(180_000);

test('a file is fetched once', async () => {
  const hub = await start([serve]);
  await expectWhole(ensure(file, environment(hub)));
  await expectWhole(ensure(file, environment(hub)));
  expect(hub.requests.map(({ path }) => path)).toEqual([PATH]);
});

test('the hub sends to its store, which is not shown the token', async () => {
  const store = await start([serve]);
  const hub = await start([{ kind: 'redirect', to: store.url, headers: lfs }]);
  await expectWhole(ensure(file, environment(hub, { HF_TOKEN: `${TOKEN}\n` })));
  expect(hub.requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  expect(JSON.stringify(store.requests)).not.toContain(TOKEN);
});

test('a redirect within the hub keeps the token', async () => {
  const hub = await start([{ kind: 'redirect', to: '/renamed/data' }, serve]);
  await expectWhole(ensure(file, environment(hub, { HF_TOKEN: TOKEN })));
  expect(hub.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    [PATH, `Bearer ${TOKEN}`],
    ['/renamed/data', `Bearer ${TOKEN}`],
  ]);
});

describe('a hub that misbehaves and is borne with', () => {
  test.each<[string, Manner[]]>([
    ['fails, is busy, then answers', [{ kind: 'status', status: 503 }, { kind: 'status', status: 429 }, serve]],
    ['cuts the connection', [{ kind: 'cut', after: 100_000 }, serve]],
    ['cuts the connection and knows no ranges', [{ kind: 'cut', after: 100_000 }, { kind: 'no-range' }]],
    ['drips', [{ kind: 'drip', bytes: 10_000 }]],
  ])('%s', async (_name, manners) => {
    const hub = await start(manners);
    await expectWhole(ensure(file, environment(hub)));
    expect(hub.requests).toHaveLength(manners.length);
  });

  test('the rest comes from where the first part came from, through the redirect', async () => {
    const store = await start([{ kind: 'cut', after: 100_000 }, serve]);
    const hub = await start([{ kind: 'redirect', to: store.url, headers: lfs }]);
    await expectWhole(ensure(file, environment(hub)));
    expect(store.ranges[1]).toMatch(/^bytes=\d+-$/);
  });

  test('a file that changed between two tries is fetched from its start', async () => {
    const old = { etag: '"old"' };
    const hub = await start([
      { kind: 'cut', after: 100_000, headers: old },
      { kind: 'serve', headers: { etag: '"new"' } },
    ]);
    await expectWhole(ensure(file, environment(hub)));
    expect(hub.requests[1]?.headers['if-range']).toBe('"old"');
  });
});

const code = (name: string) => ({ 'x-error-code': name });
const html = { 'content-type': 'text/html; charset=utf-8' };

describe('a hub that has no file for us', () => {
  test.each<[string, Manner, RegExp]>([
    [
      'gated',
      { kind: 'status', status: 403, headers: code('GatedRepo') },
      /HTTP 403 \(GatedRepo\): some\/data is private/,
    ],
    ['private', { kind: 'status', status: 401, headers: code('RepoNotFound') }, /HTTP 401.*set HF_TOKEN to a token/],
    ['a wrong commit', { kind: 'status', status: 404, headers: code('RevisionNotFound') }, /has no revision 0123456/],
    [
      'a wrong path',
      { kind: 'status', status: 404, headers: code('EntryNotFound') },
      /has no test\/rows\.jsonl at 0123/,
    ],
    ['nothing of the kind', { kind: 'status', status: 410 }, /HTTP 410/],
    ['an endless fault', { kind: 'status', status: 500 }, /HTTP 500/],
    ['a page in place of data', { kind: 'other', body: '<html>Log in</html>', headers: html }, /an HTML page came/],
    ['redirects without end', { kind: 'redirect', to: '/again' }, /more than 5 redirects/],
    ['cut connections only', { kind: 'cut', after: 0 }, /terminated|early|ECONNRESET/],
  ])('%s', async (_name, manner, message) => {
    const hub = await start([manner]);
    const error = await errorOf(ensure(file, environment(hub)));
    expect(error.message).toContain(`${new URL(hub.url).origin}${PATH}`);
    expect(error.message).toMatch(message);
    expect(error.exitCode).toBe(3);
    expect(error.hint).toMatch(/`file` of the suite/);
    expect(existsSync(target())).toBe(false);
  });

  test.each([
    ['unknown', 'http://no-such-host.invalid', /no connection to no-such-host\.invalid \(.*(?:ENOTFOUND|EAI_AGAIN)/],
    ['deaf', 'http://127.0.0.1:9', /no connection to 127\.0\.0\.1:9/],
  ])('an %s host', async (_name, endpoint, message) => {
    expect((await errorOf(ensure(file, environment(endpoint)))).message).toMatch(message);
  });

  test.each(['HF_HUB_OFFLINE', 'AICODEREVAL_OFFLINE'])('%s keeps it unasked', async (name) => {
    const hub = await start([serve]);
    const error = await errorOf(ensure(file, environment(hub, { [name]: '1' })));
    expect(error.message).toContain(`not asked, since ${name} is set`);
    expect(hub.requests).toEqual([]);
    await expectWhole(ensure(file, environment(hub, { [name]: '0' })));
    await expectWhole(ensure(file, environment(hub, { [name]: '1' })));
  });

  test('no error shows the token', async () => {
    const hub = await start([{ kind: 'status', status: 403 }]);
    for (const token of [TOKEN, `${TOKEN}\u0000\u2603`]) {
      const error = await errorOf(ensure(file, environment(hub, { HF_TOKEN: token })));
      expect(error.message).toMatch(/HF_TOKEN/);
      expect(`${error.message} ${error.hint} ${String(error.stack)}`).not.toContain(TOKEN);
    }
  });
});

test('two processes at the same time fetch it once', async () => {
  const hub = await start([{ kind: 'drip', bytes: 20_000 }]);
  const ctx = { home, env: environment(hub) };
  const other = callInChild('infra/datasets/hub.ts', 'ensureHubFile', [file, ctx]);
  await expectWhole(ensureHubFile(file, ctx));
  expect(await other.result).toBe(target());
  expect(hub.requests).toHaveLength(1);
});

test('a home that takes no more is told', async () => {
  const hub = await start([serve]);
  await expectWhole(ensure(file, environment(hub)));
  // It is fetched anew, and what is already there of a known file is gone on with.
  writeFileSync(target(), 'changed');
  symlinkSync('/dev/full', `${target()}.part`);
  const error = await errorOf(ensure(file, environment(hub)));
  expect(error.hint).toMatch(/The disk is full/);
});
