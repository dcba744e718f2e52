import { readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { EndOfRun } from '../../../domain/test-report.js';
import { collect } from '../../../infra/knowledge/build.js';
import type { Sandbox } from '../../../infra/sandbox/sandbox.js';
import { openBlobStore } from '../../../infra/store/blobs.js';
import { never } from '../models/specs.js';
import { environmentWith } from '../../support/library-folder.js';
import { PASSED_REPORT } from '../../support/passed-report.js';
import { temporaryHomes } from '../store/home.js';

const newHome = temporaryHomes();
const environment = environmentWith(['lib']);

/** What one crawl prints: entries of functions with these names, and its last line unless something ended it before. */
interface Run {
  readonly end: EndOfRun;
  readonly names: readonly string[];
}

/** `runs` are those of `lib`, with its modules imported and without; what is crawled is told in `crawled`. */
function collector(home: string, runs: { all: Run; plain: Run }) {
  const crawled: string[] = [];
  const sandbox: Sandbox = {
    run: async ({ program }) => {
      const { end, names } = program.includes('crawl(["lib"], True, True)') ? runs.all : runs.plain;
      const lines = names.map((name) => ({ name, kind: 'function', text: `What ${name} does.` }));
      const last = end === 'ok' ? [{ end: true, skipped: [], cut: null }] : [];
      const text = [...lines, ...last].map((line) => JSON.stringify(line)).join('\n');
      return { ...PASSED_REPORT, endOfRun: end, stdout: { text, bytes: text.length, truncated: false } };
    },
    close: async () => undefined,
  };
  const deps = {
    home,
    blobs: openBlobStore(home),
    sandbox: async () => sandbox,
    onLibrary: (name: string) => void crawled.push(name),
  };
  return async (interpreter = '') => {
    crawled.length = 0;
    const { file, texts } = await collect(environment, { ...deps, interpreter }, never());
    return { lib: file.libraries['lib'], texts, crawled: [...crawled] };
  };
}

const WHOLE = { all: { end: 'ok', names: ['lib.f', 'lib.g'] }, plain: { end: 'ok', names: ['lib.f'] } } as const;

test('another interpreter has an index of its own', async () => {
  const home = newHome();
  const look = collector(home, WHOLE);
  for (const interpreter of ['Python 3.11', 'Python 3.12']) {
    expect((await look(interpreter)).crawled).toEqual(['python', 'lib']);
    expect((await look(interpreter)).crawled).toEqual([]);
  }
  expect(readdirSync(join(home, 'knowledge'))).toHaveLength(2);
});

test('docstrings that are damaged or gone are looked for again', async () => {
  const home = newHome();
  const look = collector(home, WHOLE);
  const hash = (await look()).lib?.documentationSha256 ?? '';
  const path = join(home, 'store', hash.slice(0, 2), hash.slice(2));
  truncateSync(path, 5);
  expect((await look()).crawled).toEqual(['lib']);
  rmSync(path);
  expect((await look()).crawled).toEqual(['lib']);
  expect((await look()).crawled).toEqual([]);
});

test.each(['exit', 'exception'] as const)(
  'modules whose import ends by %s are left out for good, and that is said',
  async (end) => {
    const look = collector(newHome(), { ...WHOLE, all: { end, names: [] } });
    expect((await look()).lib).toMatchObject({ entries: 1, cut: `before its end: ${end}` });
    expect((await look()).crawled).toEqual([]);
  },
);

test.each(['memory', 'signal', 'wall-time'] as const)(
  'a crawl that ended by %s gives what there is, and is tried again',
  async (end) => {
    const runs: { all: Run; plain: Run } = { ...WHOLE, all: { end, names: [] } };
    const look = collector(newHome(), runs);
    const first = await look();
    expect(first.lib).toMatchObject({ entries: 1, cut: `before its end: ${end}` });
    expect(first.texts.join()).toContain('lib.f');
    runs.plain = { end, names: [] };
    // What had been found is not given up for less.
    expect((await look()).lib?.entries).toBe(1);
    runs.all = WHOLE.all;
    const last = await look();
    expect(last.lib).toMatchObject({ entries: 2, cut: null });
    expect(last.crawled).toEqual(['lib']);
    expect((await look()).crawled).toEqual([]);
  },
);

test('a library that no machine gets through is not tried for ever', async () => {
  const look = collector(newHome(), { ...WHOLE, all: { end: 'memory', names: [] } });
  for (let tries = 0; tries < 3; tries += 1) expect((await look()).crawled).toContain('lib');
  const after = await look();
  expect(after).toMatchObject({ crawled: [], lib: { entries: 1, cut: 'before its end: memory' } });
});
