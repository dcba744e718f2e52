import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { continuedSnippet, extractSnippet, snippetProgram } from '../../domain/snippet.js';
import { snippetOf } from '../contracts/answers.js';

const CODE = 'x = df["a"]\nresult = x.max()';
const taken = (answer: string): string | null => {
  const program = extractSnippet(answer)?.program;
  return program === undefined ? null : snippetOf({ reference: program });
};
const fence = (code: string, label = 'python'): string => `\`\`\`${label}\n${code}\n\`\`\``;

describe('the snippet of an answer', () => {
  test.each([
    ['a fence', `Sure:\n${fence(CODE)}\nIt takes the maximum.`],
    ['the last of two fences', `${fence('result = 1')}\nBetter:\n${fence(CODE)}`],
    ['the last fence that reads as Python', `${fence(CODE)}\nThis prints\n${fence('   a  b\n0  1  2', '')}`],
    [
      'a labelled fence, an output below',
      `${fence(CODE)}\nThis prints:\n${fence('array([[1, 3],\n       [2, 4]])', '')}`,
    ],
    ['a fence labelled py', `${fence(CODE, 'py')}\n${fence('array([1])', 'text')}`],
    ['a fence without a label', `${fence(CODE, '')}\nIts output:\n${fence('0    2', '')}`],
    ['a labelled fence, prose in one below', `${fence(CODE)}\n${fence('It takes the maximum.')}`],
    ['a fence without a label, prose in one with', `${fence(CODE, '')}\n${fence('It takes the maximum.')}`],
    ['the last whole one', `${fence(CODE)}\nor\n\`\`\`python\nresult = max(\n  df[`],
    ['one that never closes', `\`\`\`python\n${CODE}`],
    ['no fence', CODE],
    ['prose around', `Here you are.\n\n${CODE}\n\nThis takes the maximum.`],
    ['tags', `<code>\n${CODE}\n</code>\nEND SOLUTION`],
    ['tags in a fence', fence(`BEGIN SOLUTION\n<code>\n${CODE}\n</code>`)],
    ['an end mark', `${CODE}\n### END SOLUTION\nprint(result)`],
    ['thinking before it', `<think>\n${fence('result = 0')}\n</think>\n${CODE}`],
  ])('in %s', (_, answer) => {
    expect(taken(answer)).toBe(CODE);
  });

  test('a function’s body keeps its indentation', () => {
    const body = '    if a:\n        return 1\n    return 2';
    expect(taken(fence(`\n${body}\n`))).toBe(body);
    expect(taken(body)).toBe(body);
  });

  test.each([['I can’t.'], [''], [fence('', '')], ['<think>x = 1']])('%j holds none', (answer) => {
    expect(extractSnippet(answer)).toBeNull();
  });

  test.each([
    "df.loc[df['a'] > 1, 'b'] = 2",
    'a[a[:, 0] < 3] = 0',
    'a[np.arange(len(a)), idx[0]] = 1',
    "df[['a','b']] = df[['b','a']]",
    "df['a'].hist()",
    'axes[0].plot(x)',
    'a[0], a[1] = a[1], a[0]',
    "df['[a'], *rest = f(')')",
    'df.loc[\n    df["a"] > 1, "b"\n] = 2',
    `a[${'[0] + '.repeat(60)}[1]] = 0`,
    'x: dict[str, list[int]] | None = None',
    'w @= q',
  ])('%j is code, in a fence with or without a label and alone', (code) => {
    for (const answer of [fence(code), fence(code, ''), code, `So:\n\n${code}\n\nThat is all.`])
      expect(taken(answer)).toBe(code);
  });

  test('whatever stands in a fence labelled as Python is code', () => {
    expect(taken(fence('"-".join(a)'))).toBe('"-".join(a)');
  });

  test('its own lines and tokens are counted', () => {
    expect(extractSnippet(fence(CODE))).toMatchObject({ codeLines: 2, codeTokens: 15 });
  });
});

test('a base model’s text is the snippet up to the mark of its end', () => {
  const program = continuedSnippet(`${CODE}\n</code>\nProblem:\nAnother`)?.program ?? '';
  expect(snippetOf({ reference: program })).toBe(CODE);
  for (const answer of [fence(CODE), `<code>\n${CODE}`, `BEGIN SOLUTION\n\n${fence(CODE)}\nThat’s it.`])
    expect(continuedSnippet(answer)?.program).toBe(program);
  expect(snippetOf({ reference: snippetProgram('<code>\n    return x\n</code>') })).toBe('    return x');
  expect(continuedSnippet('  \n# nothing\n</code>')).toBeNull();
});

test('a program is text that Python reads, whatever the snippet holds', () => {
  expect(snippetProgram('a = "\\n"\nb = \'é\t\'')).toBe(
    'def solution():\n    return (\n        "a = \\"\\\\n\\"\\n"\n        "b = \'é\\t\'"\n    )\n',
  );
});

test('nothing makes it throw, and a snippet in a fence comes back as it was', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (answer) => void extractSnippet(answer)));
  const name = fc.stringMatching(/^[a-z]{1,8}$/);
  const line = fc.tuple(name, fc.string()).map(([left, right]) => `${left} = ${JSON.stringify(right)}`);
  const marks = /<\/?code>|SOLUTION|```|~~~/;
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), (lines) => {
      const code = lines.join('\n');
      fc.pre(!marks.test(code));
      expect(taken(fence(code))).toBe(code);
    }),
  );
});
