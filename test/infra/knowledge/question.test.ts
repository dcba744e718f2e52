import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { questionIn, questionOf } from '../../../infra/knowledge/question.js';
import { renderEntries } from '../../../infra/knowledge/render.js';
import { KnowledgeIndex } from '../../../infra/knowledge/search.js';
import type { Entry } from '../../../infra/parse/knowledge.js';

const PROGRAM = [
  'import numpy as np, pandas as pd',
  'from keras.layers import (Dense,',
  '    Conv2D as Conv)',
  'df = pd.DataFrame({})',
  'df = df.sort("a")',
].join('\n');

function raised(type: string, message: string, line: number | null = null) {
  return { type, message, line, trace: '', phase: 'candidate' } as const;
}

function entry(name: string, more: Partial<Entry> = {}): Entry {
  const none = { signature: null, doc: '', parameters: [], deprecated: null, also: [], bases: [] };
  return { name, kind: 'function', ...none, ...more };
}

const ENTRIES = [
  entry('lib.Frame', { kind: 'class', signature: '(data=None)', bases: ['lib.Base'] }),
  entry('lib.Base', { kind: 'class' }),
  entry('lib.Base.sort_values', { kind: 'method', signature: '(by, *, axis=0)', doc: 'Sorts rows by their values.' }),
  entry('lib.old_sum', { kind: 'removed', deprecated: 'removed. Use `lib.total`.' }),
  entry('lib.total', { doc: 'Adds everything up.' }),
  entry('lib.nn.Linear', { kind: 'class', also: ['lib.nn.modules.Linear'] }),
  entry('other.sort_values_by_hand'),
];

describe('the question of an error', () => {
  test('names nothing where neither the message nor the line is about a library', () => {
    const message = 'could not broadcast input array from shape (3,) into shape (4,)';
    const program = 'import numpy as np\nframes[i] = signal[i:j]\nframes = np.dot(frames, i)\n';
    expect(questionOf(raised('ValueError', message, 2), program).wanted).toEqual([]);
    expect(questionOf(raised('ValueError', message, 3), program).wanted).not.toEqual([]);
  });

  test.each([
    [raised('AttributeError', "module 'torch.nn' has no attribute 'Liner'"), ['torch', 'nn', 'Liner']],
    [raised('ImportError', "cannot import name 'Adam' from 'transformers' (/x/__init__.py)"), ['transformers', 'Adam']],
    [raised('TypeError', "Linear.__init__() got an unexpected keyword argument 'size'"), ['Linear']],
    [raised('AttributeError', "'DataFrame' object has no attribute 'sort'", 5), ['DataFrame', 'sort']],
    [raised('NameError', "name 'Linear' is not defined"), ['Linear']],
  ])('%j wants %j', (exception, path) => {
    expect(questionOf(exception, PROGRAM).wanted[0]?.path).toEqual(path);
  });

  test('knows aliases, and what a variable was before the failing line', () => {
    const { wanted, packages } = questionOf(raised('AttributeError', 'odd', 5), PROGRAM);
    expect(wanted.map(({ path }) => path)).toContainEqual(['pandas', 'DataFrame', 'sort']);
    expect([...packages].sort()).toEqual(['keras', 'numpy', 'pandas']);
  });

  test('is made of any text without a fault, and found or not the same way each time', async () => {
    const index = new KnowledgeIndex(ENTRIES);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.nat(20), (message, program, line) => {
        for (const question of [questionOf(raised('E', message, line), program), questionIn(message, program)]) {
          const found = index.find(question);
          expect(found.length).toBeLessThanOrEqual(5);
          expect(index.find(question)).toEqual(found);
        }
      }),
    );
  });
});

describe('an index', () => {
  test.each([
    ['lib.nn.Liner', 'lib.nn.Linear'],
    ['lib.nn.modules.Linear', 'lib.nn.Linear'],
    ["'Frame' object has no attribute 'sort'", 'lib.Base.sort_values'],
    ['sorts rows', 'lib.Base.sort_values'],
    ["module 'lib' has no attribute 'summ'", 'lib.old_sum'],
  ])('finds for %j first of all %s', async (query, name) => {
    const index = new KnowledgeIndex(ENTRIES);
    expect(index.find(questionIn(query, 'import lib'))[0]?.name).toBe(name);
  });

  test('names beside what is gone what took its place', async () => {
    const index = new KnowledgeIndex(ENTRIES);
    const names = index.find(questionIn('lib.old_sum', '')).map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual(['lib.old_sum', 'lib.total']);
  });
});

test('ordinary words of a notice are no answers; what is marked as code, or follows "use", is', () => {
  const index = new KnowledgeIndex([
    entry('lib', { kind: 'module' }),
    entry('True', { kind: 'value' }),
    entry('bool', { kind: 'class' }),
    entry('lib.inf', { kind: 'value' }),
    ...['lib.default', 'lib.turn', 'lib.heap', 'lib.pile'].map((name) => entry(name)),
    entry('lib.stack', {
      deprecated: 'lib has a default: bool, `True`. Use turn, or `heap(lib.pile)`. See `lib.inf`.',
    }),
  ]);
  const names = index.find(questionIn('lib.stack', '')).map(({ name }) => name);
  expect(names[0]).toBe('lib.stack');
  expect(names.slice(1).toSorted()).toEqual(['lib.heap', 'lib.inf', 'lib.pile', 'lib.turn']);
});

test('a text for a prompt stays within 1,200 characters, and tells a parameter that was asked for', () => {
  const long = entry('a.f', {
    signature: `(${'x, '.repeat(500)}size=1)`,
    doc: 'd'.repeat(300),
    parameters: ['size: how large'],
  });
  const text = renderEntries([long, long, long, long, long], 'size');
  expect(text.length).toBeLessThanOrEqual(1_200);
  expect(text).toContain('size: how large');
  expect(renderEntries([], null)).toBe('');
});
