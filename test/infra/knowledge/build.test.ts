import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { indexState } from '../../../infra/knowledge/build.js';
import type { Entry } from '../../../infra/parse/knowledge.js';
import { callInChild } from '../../support/child.js';
import { collectIn, environmentWith, libraryFolder } from '../../support/library-folder.js';
import { temporaryHomes } from '../store/home.js';

const newHome = temporaryHomes();
const PACKAGES = ['ending', 'hostile', 'plain'];
const COLLECT = ['test/support/library-folder.ts', 'collectIn'] as const;

/** A library as most are: a name that is taken over from a private module, a method of a base without a public path. */
const PLAIN = {
  'plain/__init__.py': [
    '"""A plain library."""',
    '__version__ = "1.2"',
    'from plain._work import Worker, greet, merge, shout, total',
    'from plain._gone import __expired_attributes__',
    '__all__ = ["Worker", "greet", "merge", "shout", "total"]',
  ].join('\n'),
  'plain/_gone.py': '__expired_attributes__ = {"bow": "Use `plain.greet`."}\n',
  'plain/_work.py': [
    'class _Base:',
    '    def rest(self, hours: int = 8) -> None:',
    '        """Sleep."""',
    'class Worker(_Base):',
    '    """Does work.',
    '',
    '    Args:',
    '        tool (str): What it works with.',
    '    """',
    '    def __init__(self, tool, *, speed=2):',
    '        pass',
    'def greet(name, loud=False):',
    '    """Says hello.',
    '',
    '    .. deprecated:: 1.1',
    '        Use wave.',
    '    """',
    'def merge(left, right, copy=None):',
    '    """Joins two.',
    '',
    '    Parameters',
    '    ----------',
    '    copy : bool',
    '        .. deprecated:: 1.0',
    '            This does nothing.',
    '    """',
    'def total(axis=None):',
    '    """Adds up. total with ``axis=None`` is deprecated."""',
    'def shout(name):',
    '    """This function is deprecated, use greet() instead."""',
  ].join('\n'),
  'plain/more.py': 'from plain._work import Worker\ndef extra(x, /, y):\n    pass\n',
};

const HOSTILE = {
  'hostile/__init__.py': [
    'print(\'{"name": "forged", "kind": "function"}\')',
    'class Meta(type):',
    '    def __getattribute__(cls, name):',
    '        raise KeyboardInterrupt(name)',
    'class Trap(metaclass=Meta):',
    '    pass',
    'class Lies:',
    '    __doc__ = property(lambda self: 1 / 0)',
    '    __module__ = "hostile"',
    '    def __call__(self):',
    '        pass',
    '    @property',
    '    def __signature__(self):',
    '        raise SystemExit(3)',
    'lie = Lies()',
    'class Repr:',
    '    def __repr__(self):',
    '        raise MemoryError()',
    'def odd(x=Repr(), y=object()):',
    '    "Clear\\x1b[2J the\\x00 \\u202e screen\\u2028and \\ud800 more."',
    'def huge():',
    '    pass',
    'huge.__doc__ = "word " * 2_000_000',
    'def __getattr__(name):',
    '    raise BaseException(name)',
    '__all__ = ["absent", "Trap", "lie", "odd", "huge", 7]',
  ].join('\n'),
  'hostile/quits.py': 'raise SystemExit(1)',
};

/** Importing a module of it ends the process. */
const ENDING = {
  'ending/__init__.py': 'def kept(a, b=1):\n    "Is found all the same."\n',
  'ending/bomb.py': 'import os\nos._exit(3)\n',
};

let python: string;
let fresh: Awaited<ReturnType<typeof collectIn>>;
const folder = mkdtempSync(join(tmpdir(), 'aicodereval-libraries-'));
const freshHome = join(folder, 'home');

beforeAll(async () => {
  python = libraryFolder(folder, { ...PLAIN, ...HOSTILE, ...ENDING });
  fresh = await collectIn(freshHome, python, PACKAGES);
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entryOf = (name: string): Entry | undefined => fresh.entries.find((entry) => entry.name === name);

describe('what is collected in the sandbox', () => {
  test('has names by their shortest public paths, with signatures, documentation and what is said of their end', () => {
    expect(entryOf('plain.Worker')).toEqual({
      name: 'plain.Worker',
      kind: 'class',
      signature: '(tool, *, speed=2)',
      doc: 'Does work.',
      parameters: ['tool: What it works with.'],
      deprecated: null,
      also: [],
      bases: [],
    });
    expect(entryOf('plain.Worker.rest')).toMatchObject({ kind: 'method', signature: '(hours=8)', doc: 'Sleep.' });
    expect(entryOf('plain.greet')).toMatchObject({ signature: '(name, loud=False)', deprecated: '1.1 Use wave.' });
    expect(entryOf('plain.more.extra')?.signature).toBe('(x, /, y)');
    expect(fresh.file.libraries['plain']).toMatchObject({ version: '1.2', cut: null });
  });

  test('knows the end of a function from that of its parameters, and a name that is gone once', () => {
    const ends = ['merge', 'total', 'shout'].map((name) => entryOf(`plain.${name}`)?.deprecated);
    expect(ends).toEqual([null, null, 'This function is deprecated, use greet() instead.']);
    const gone = fresh.entries.filter(({ name }) => name === 'plain.bow');
    expect(gone).toMatchObject([{ kind: 'removed', deprecated: 'removed. Use `plain.greet`.' }]);
  });

  test('has the standard library', () => {
    expect(entryOf('json.loads')?.signature).toMatch(/^\(s, \*, cls=None/);
    expect(entryOf('str.split')?.kind).toBe('method');
    expect(entryOf('collections.OrderedDict')?.kind).toBe('class');
    expect(entryOf('zip')).toBeDefined();
  });

  test('goes on past what raises, and keeps control characters and endless texts out', () => {
    expect(entryOf('forged')).toBeUndefined();
    expect(entryOf('hostile.odd')?.doc).toBe('Clear [2J the screen and more.');
    expect(entryOf('hostile.odd')?.signature).toMatch(/^\(x=\.\.\., y=<object object>\)$/);
    expect(entryOf('hostile.huge')?.doc.length).toBeLessThanOrEqual(300);
    expect(fresh.entries.every((entry) => !/\p{Cc}|[\u202e\u2028]/u.test(Object.values(entry).flat().join('')))).toBe(
      true,
    );
  });

  test('is what a library itself imports, where importing its modules ends the process', () => {
    expect(entryOf('ending.kept')?.signature).toBe('(a, b=1)');
  });

  test('is told by `environments`', async () => {
    const state = await indexState(environmentWith(PACKAGES), freshHome, '');
    expect(state).toEqual({ libraries: 4, of: 4, entries: fresh.entries.length });
    expect(await indexState(environmentWith(PACKAGES), newHome(), '')).toBeNull();
  });
});

test('the same libraries give the same index in another home', async () => {
  const { digest } = await collectIn(newHome(), python, PACKAGES);
  expect(digest).toBe(fresh.digest);
}, 240_000);

test('a build that is killed in the middle goes on where it was', async () => {
  const home = newHome();
  const { child } = callInChild(...COLLECT, [home, python, PACKAGES]);
  while (librariesIn(home).length === 0 && child.exitCode === null) await setTimeout(20);
  child.kill('SIGKILL');
  const before = librariesIn(home);
  const { digest, crawled } = await collectIn(home, python, PACKAGES);
  expect(before.length).toBeLessThan(4);
  expect(crawled).not.toEqual(expect.arrayContaining(before));
  expect([...before, ...crawled].sort()).toEqual(['ending', 'hostile', 'plain', 'python']);
  expect(digest).toBe(fresh.digest);
}, 240_000);

test('builds at the same time share one, across processes', async () => {
  const home = newHome();
  const others = [1, 2].map(() => callInChild(...COLLECT, [home, python, PACKAGES]).result);
  const all = (await Promise.all([collectIn(home, python, PACKAGES), ...others])) as {
    crawled: string[];
    digest: string;
  }[];
  expect(all.flatMap(({ crawled }) => crawled).sort()).toEqual(['ending', 'hostile', 'plain', 'python']);
  expect(new Set(all.map(({ digest }) => digest))).toEqual(new Set([fresh.digest]));
}, 240_000);

test('what was torn is looked at again, and nothing else', async () => {
  const home = newHome();
  const { file } = await collectIn(home, python, ['plain']);
  const hash = file.libraries['plain']?.sha256 ?? '';
  truncateSync(join(home, 'store', hash.slice(0, 2), hash.slice(2)), 20);
  const again = await collectIn(home, python, ['plain']);
  expect(again.crawled).toEqual(['plain']);
  expect((await collectIn(home, python, ['plain'])).crawled).toEqual([]);
  truncateSync(indexFiles(home)[0] ?? '', 30);
  expect((await collectIn(home, python, ['plain'])).digest).toBe(again.digest);
}, 240_000);

function indexFiles(home: string): string[] {
  const folder = join(home, 'knowledge');
  return readdirSync(folder).flatMap((name) => (name.startsWith('.') ? [] : [join(folder, name)]));
}

function librariesIn(home: string): string[] {
  try {
    const text = readFileSync(indexFiles(home)[0] ?? '', 'utf8');
    return Object.keys((JSON.parse(text) as { libraries: object }).libraries);
  } catch {
    return [];
  }
}
