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
/** What looks like a marker, and is none. */
const DECOYS = [
  `# print("Testing case [${DECOY + 1}/${DECOY + 9}] started.")\n`,
  ...[1, 2, 3, 4, 5, DECOY + 2].map((number) => `"Testing case [${number}/9] started."\n`),
];
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
];

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('delete', 'insert', 'replace', 'repeat', 'drop-line', 'swap-lines', 'cut'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  span: fc.integer({ min: 1, max: 60 }),
  text: fc.oneof(fc.constantFrom(...DECOYS), fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 6 })),
});

/** Programs in AICoderEval's format with something in their test that looks like a marker, and up to three changes. */
export function mutatedProgram(bases: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...bases), fc.constantFrom(...DECOYS), fc.nat(), fc.array(mutation, { maxLength: 3 }))
    .map(([base, decoy, at, mutations]) => mutations.reduce(mutate, withDecoy(base, decoy, at)));
}

/** The decoy before a print or an assertion, where a statement can stand. */
function withDecoy(source: string, decoy: string, at: number): string {
  const places = [...source.matchAll(/^([ \t]*)(?:print\(|assert )/gm)];
  const place = places[at % Math.max(1, places.length)];
  return place === undefined ? source : source.slice(0, place.index) + place[1] + decoy + source.slice(place.index);
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
    const begun = Array.from({ length: cases ?? 0 }, (_, i) => printed(i + 1));
    if ((cases ?? 0) >= DECOY || !begun.every((marker) => marker.test(test))) wrong.push(`${taskId}: ${cases} cases`);
  }
  return wrong;
}

/** A marker in the brackets of a `print` that have not been closed at a line's end before it. */
function printed(number: number): RegExp {
  return new RegExp(`print\\s*\\((?:(?!print|\\)[ \\t]*\\n)[^])*?case \\[\\s*${number}\\s*/`, 'i');
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
