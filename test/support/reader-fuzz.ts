import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { aicodereval } from '../../infra/datasets/aicodereval.js';
import { packagePath } from '../../infra/package-path.js';

/** A change of a program: what to do, where (as a share of its length), and with what. */
interface Mutation {
  readonly kind: 'delete' | 'insert' | 'replace' | 'repeat' | 'drop-line' | 'swap-lines' | 'cut';
  readonly at: number;
  readonly span: number;
  readonly text: string;
}

/** No program has as many cases. */
const DECOY = 90;
const PIECES = [
  '"""',
  "'''",
  '"',
  "'",
  '(',
  ']',
  '}',
  '#',
  ':',
  '\n',
  '\t',
  '    ',
  '\\',
  '\0',
  '\uFEFF',
  '\uD800',
  '\u2028',
  '“',
  '\r\n',
  '\f',
  'def ',
  'class ',
  'return',
  'lambda',
  '!pip install x\n',
  '# function_code --------------------\n',
  '# test_function_code --------------------\n',
  '# call_test_function_line --------------------\n',
  '# function_code ----\n',
  'if __name__ == "__main__":\n',
  'unittest.main()\n',
  'requirements = ["x"\n',
  `# print("Testing case [${DECOY + 1}/${DECOY + 9}] started.")\n`,
  `"Testing case [${DECOY + 2}/${DECOY + 9}] started."\n`,
];

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('delete', 'insert', 'replace', 'repeat', 'drop-line', 'swap-lines', 'cut'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  span: fc.integer({ min: 1, max: 60 }),
  text: fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 6 })),
});

/** Programs in AICoderEval's format with some changes made to them. */
export function mutatedProgram(bases: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...bases), fc.array(mutation, { minLength: 1, maxLength: 6 }))
    .map(([base, mutations]) => mutations.reduce(mutate, base));
}

/** The programs that ship with the project. */
export function ownPrograms(): string[] {
  const folder = packagePath('infra/datasets/starter');
  const names = readdirSync(folder).filter((name) => name.endsWith('.py'));
  return names.map((name) => readFileSync(join(folder, name), 'utf8'));
}

/**
 * Has the reader read programs, and says what it did that it must not: lose a program, give one up without a reason, make
 * a task that is none, or find a case that no marker begins. `folder` is for its file.
 */
export async function misreadings(programs: readonly string[], folder: string): Promise<string[]> {
  const file = join(folder, 'mutated.jsonl');
  writeFileSync(file, programs.map((content, index) => JSON.stringify({ id: `p${index}`, content })).join('\n'));
  const { tasks, unusable } = await aicodereval.load({ home: folder, file });
  const wrong = unusable
    .filter(({ why, where }) => why === '' || where === '')
    .map(({ taskId }) => `${taskId}: no reason`);
  const told = [...tasks, ...unusable].map(({ taskId }) => taskId);
  if (new Set(told).size !== programs.length || told.length !== programs.length) wrong.push('programs were lost');
  for (const { taskId, prompt, reference, entryPoint, test, cases } of tasks) {
    const defines = new RegExp(`^[ \\t]*(?:async[ \\t]+def|def|class)\\s+${entryPoint}\\b`, 'm').test(
      prompt.replaceAll('\\\n', ' '),
    );
    if (!defines || !reference.startsWith(prompt.trimEnd()))
      wrong.push(`${taskId}: the prompt is none of ${entryPoint}`);
    const begun = Array.from({ length: cases ?? 0 }, (_, i) => new RegExp(`case \\[\\s*${i + 1}\\s*/`, 'i'));
    if ((cases ?? 0) >= DECOY || !begun.every((marker) => marker.test(test))) wrong.push(`${taskId}: ${cases} cases`);
  }
  return wrong;
}

function mutate(source: string, { kind, at, span, text }: Mutation): string {
  const start = Math.floor(at * source.length);
  const [before, after] = [source.slice(0, start), source.slice(start)];
  if (kind === 'cut') return before;
  if (kind === 'insert') return before + text + after;
  if (kind === 'delete') return before + after.slice(span);
  if (kind === 'replace') return before + text + after.slice(span);
  if (kind === 'repeat') return before + after.slice(0, span) + after;
  const lines = source.split('\n');
  const line = Math.floor(at * lines.length);
  const taken = lines.splice(line, 1);
  if (kind === 'swap-lines') lines.splice((line + span) % (lines.length + 1), 0, ...taken);
  return lines.join('\n');
}
