import { describe, expect, test } from '@jest/globals';
import { SNIPPET_ENTRY, snippetProgram } from '../../../domain/snippet.js';
import { humaneval } from '../../../infra/datasets/humaneval.js';
import { makeVariants } from '../../../infra/mutants/variants.js';
import { sharedHome } from '../../support/embedded-home.js';

const variantsOf = async (reference: string, entryPoint = 'f', most = 100) => {
  const [found] = await makeVariants([{ taskId: 'one', reference, entryPoint }], most);
  if (found === undefined) throw new Error('no answer');
  return found;
};
const words = async (reference: string): Promise<string[]> =>
  (await variantsOf(reference)).mutants.map(({ what }) => what).sort();

describe('stubs', () => {
  test('of a function: nothing, an exception, its first argument; what stands beside it is kept', async () => {
    const { stubs } = await variantsOf('import math\n\ndef g():\n    return 1\n\ndef f(x, y=2):\n    return x + y\n');
    expect(stubs.map(({ what }) => what)).toEqual([
      'return None',
      'raise NotImplementedError',
      'return x, its first argument',
    ]);
    const [none, raises, echo] = stubs.map(({ program }) => program);
    expect(none).toBe('import math\n\ndef g():\n    return 1\n\ndef f(x, y=2):\n    return None\n');
    expect(raises).toContain('def f(x, y=2):\n    raise NotImplementedError\n');
    expect(echo).toContain('def f(x, y=2):\n    return x\n');
  });

  test('of a class: an empty one, and one whose methods do nothing', async () => {
    const { stubs } = await variantsOf('class f(Base):\n    n = 1\n\n    def get(self):\n        return self.n\n');
    expect(stubs.map(({ program }) => program)).toEqual([
      'class f:\n    pass\n',
      'class f(Base):\n    n = 1\n\n    def get(self):\n        return None\n',
    ]);
  });

  test('of a name that is bound to something else: a function in its place', async () => {
    const { stubs } = await variantsOf('f = lambda x: x\n');
    expect(stubs.map(({ program }) => program)).toContain(
      'f = lambda x: x\n\ndef f(*args, **kwargs):\n    return None\n',
    );
  });

  test('a function without arguments has none to give back', async () => {
    expect((await variantsOf('def f():\n    return 1\n')).stubs).toHaveLength(2);
  });

  test('of a snippet an empty one as well', async () => {
    const task = { taskId: 'one', reference: snippetProgram('x = 1'), entryPoint: SNIPPET_ENTRY };
    const [snippet, plain] = await makeVariants([{ ...task, answer: 'snippet' }, task], 8);
    expect(snippet?.stubs.at(-1)).toEqual({ what: 'an empty snippet', program: snippetProgram('') });
    expect(snippet?.stubs.slice(0, -1)).toEqual(plain?.stubs);
  });
});

describe('mutants', () => {
  test.each([
    ['a < b', ['< became >=', 'returns None', 'returns the contrary']],
    ['a in b', ['in became not in', 'returns None', 'returns the contrary']],
    ['a + 1.5', ['+ became -', '1.5 became 2.5', 'returns None']],
    ['a and b', ['and became or', 'returns None', 'returns the contrary']],
    ['"%s" % a', ['returns None']],
    ['None', []],
  ])('of `return %s`', async (expression, expected) => {
    expect(await words(`def f(a, b):\n    return ${expression}\n`)).toEqual(
      expected.map((what) => `line 2: ${what}`).sort(),
    );
  });

  test('statements are left out, but not where a loop may wait for them; assertions, texts and annotations stay', async () => {
    const source = [
      'def f(a: "list[1]", n: int = 3):',
      '    """Adds 1 < 2."""',
      '    a.sort()',
      '    for x in a:',
      '        n += x',
      '    while a:',
      '        a.pop()',
      '    assert n > 4',
      '    print(f"{n + 1}")',
      '    return n',
    ].join('\n');
    expect(await words(source)).toEqual([
      'line 10: returns None',
      'line 3: without `a.sort()`',
      'line 5: + became -',
      'line 5: without `n += x`',
      "line 9: without `print(f'{n + 1}')`",
    ]);
  });

  test('only what the function under test may reach is changed', async () => {
    const source =
      'def unused():\n    return 1\n\ndef helper(x):\n    return x\n\ndef f(x):\n    """Text."""\n    return helper(x)\n';
    expect(await words(source)).toEqual(['line 5: returns None', 'line 9: returns None']);
  });

  test('a reference that is no Python has none, and it is told where', async () => {
    expect(await variantsOf('def f(:\n    pass\n')).toEqual({
      stubs: [],
      mutants: [],
      problem: expect.stringContaining('line 1: '),
    });
  });

  test('of the 164 references of HumanEval: at most 8, each another program, the same ones each time', async () => {
    const { tasks } = await humaneval.load({ home: sharedHome(), file: null });
    const [first, second] = [await makeVariants(tasks, 8), await makeVariants(tasks, 8)];
    expect(first).toEqual(second);
    expect(first).toHaveLength(tasks.length);
    for (const { stubs, mutants, problem } of first) {
      expect(problem).toBeNull();
      expect(stubs.length).toBeGreaterThanOrEqual(2);
      expect(mutants.length).toBeLessThanOrEqual(8);
      expect(new Set(mutants.map(({ program }) => program)).size).toBe(mutants.length);
    }
    expect(first.reduce((sum, { mutants }) => sum + mutants.length, 0)).toBeGreaterThan(900);
    // Python reads every one of them.
    const again = await makeVariants(
      first.flatMap(({ mutants }, index) =>
        mutants.map(({ program }) => ({ taskId: 'x', reference: program, entryPoint: tasks[index]?.entryPoint ?? '' })),
      ),
      0,
    );
    expect(again.filter(({ problem }) => problem !== null)).toEqual([]);
  }, 60_000);
});
