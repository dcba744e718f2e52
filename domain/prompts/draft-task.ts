import { withoutThinking } from '../answer-blocks.js';
import type { Problem, ProblemKind } from '../build/build.js';
import type { DocRecord } from '../build/record.js';
import { clip } from './clip.js';
import type { Message } from './message.js';

/** Changes with every change to the text below; a test holds the two together. */
export const DRAFT_PROMPT = 'draft-task/2';
export const CORRECT_PROMPT = 'correct-task/2';

/** Characters of documentation: what it does and its arguments. */
const DOCUMENTATION = 1_500;
/** Characters of a draft that is shown again. */
const DRAFT = 6_000;
/** Headings of what a docstring has after that: small models copy it, or lose themselves in it. */
const REST = /^(?:See Also|Notes|References|Examples?|Attributes|Methods)\s*:?\s*$/m;

/** An answer that was no task, and why. */
export interface DraftTurn {
  readonly completion: string;
  readonly problem: Pick<Problem, 'kind' | 'evidence'>;
  /** What the run of its reference showed; null where nothing was run. */
  readonly trace: string | null;
}

const RULES = [
  'The task is one Python function of your own that uses the API for a small piece of real work, and does more than call it: it has a name, one or two arguments and a docstring of its own, not those of the API.',
  'Its docstring says in a few lines of your own all that a programmer has to know who sees nothing else: arguments, result, order, rounding, edge cases.',
  'It is deterministic, and touches nothing outside: no network, no files, no other programs, no random numbers without a seed.',
  'Its arguments and its result are plain numbers, texts, lists or dicts, where the API can do with them; results are made plain with `tolist()`, `int()` or `float()`.',
  'Three test cases compare with expected values that are written out. Each has three to five small numbers or words: so few that you can work out what the function gives. A function that does nothing, or makes a plausible mistake, has to fail.',
];

const FORM = `\`\`\`python
# requirements_file --------------------
requirements = []

# function_import --------------------
from itertools import groupby

# function_code --------------------
def runs_of_letters(text, shortest):
    """
    The runs of equal letters in a text, as letter and length, in the order of the text.

    Capitals differ from small letters. Runs that are shorter than \`shortest\` are left out.

    Args:
        text (str): may be empty.
        shortest (int): 1 or more.

    Returns:
        list of list: a letter and its number for each run.
    """
    runs = [[letter, len(list(same))] for letter, same in groupby(text)]
    return [run for run in runs if run[1] >= shortest]

# test_function_code --------------------
def test_runs_of_letters():
    print("Testing started.")
    print("Testing case [1/3] started.")
    assert runs_of_letters("aabccc", 2) == [["a", 2], ["c", 3]], "Test case [1/3] failed: a short run in the middle"
    print("Testing case [2/3] started.")
    assert runs_of_letters("aAa", 1) == [["a", 1], ["A", 1], ["a", 1]], "Test case [2/3] failed: capitals"
    print("Testing case [3/3] started.")
    assert runs_of_letters("", 1) == [], "Test case [3/3] failed: an empty text"
    print("Testing finished.")

# call_test_function_line --------------------
test_runs_of_letters()
\`\`\``;

/**
 * Asks for a task in AICoderEval's format; after a draft that was none, for a correction, in a prompt of its own: in the conversation
 * that made it a small model gives its draft back. Only the last draft is shown, unless it was cut off: it would be again. Where the last
 * answer was empty, as those that a host withholds are, or thinking alone, the same is asked anew.
 */
export function draftPrompt(record: DocRecord, turns: readonly DraftTurn[]): { id: string; messages: Message[] } {
  const last = turns.at(-1);
  // An answer that was cut off is not shown, so it may be empty.
  const isFirst = last === undefined || (last.problem.kind !== 'length' && draftIn(last) === '');
  const content = isFirst ? askFor(record) : `${askFor(record)}\n\n${askAgain(record, turns.length, last)}`;
  return { id: isFirst ? DRAFT_PROMPT : CORRECT_PROMPT, messages: [{ role: 'user', content }] };
}

/** The same for all records first: hosts that keep a prompt's beginning read it once. The rules last: what stands last is heeded most. */
function askFor({ name, library, version, signature, documentation }: DocRecord): string {
  return [
    'Write a programming task for a benchmark of models that write Python. This is the form, of a task about `itertools.groupby`:',
    FORM,
    'Write such a task about this API:',
    [
      `API: \`${name}\``,
      `Library: ${library}${version === null ? '' : ` ${version}`}`,
      ...(signature === null ? [] : [`Signature: ${clip(signature, 400)}`]),
    ].join('\n'),
    `Documentation:\n<<<\n${digest(documentation)}\n>>>`,
    RULES.map((rule) => `- ${rule}`).join('\n'),
    `First write one line "Idea: ..." that says what your function uses \`${name}\` for. Then the task in one code block of exactly that form, with all headers. Nothing but the form is the example's: your function calls \`${name}\`, and your cases are its own.`,
  ].join('\n\n');
}

/** The beginning of a docstring, in whole lines. */
function digest(documentation: string): string {
  const text = documentation.trim();
  const end = REST.exec(text)?.index ?? text.length;
  const head = text.slice(0, Math.min(end < 200 ? text.length : end, DOCUMENTATION)).trimEnd();
  return head.length === text.length ? head : head.slice(0, Math.max(head.lastIndexOf('\n'), 200)).trimEnd();
}

/** What to do about a draft that was no task; the others get nothing but the evidence. */
const ADVICE: Partial<Readonly<Record<ProblemKind, string>>> = {
  length: 'Write a much shorter one: a function of a few lines, three cases.',
  malformed: 'Keep to the form: each section under its header.',
  'foreign-package': 'Use the library, Python itself and nothing else.',
  'off-topic': 'Its function has to call the API.',
  broken:
    'Work the failing case out by hand, as the docstring asks for it. If the expected value is wrong, write what is right in its place; if the function is, correct that. An array has no truth: make results plain with `tolist()`.',
  vacuous: 'Add cases that a wrong function fails.',
  flaky: 'Make it give the same result each time.',
  unsafe: 'Do all of it in memory.',
  'needs-network': 'Do all of it in memory.',
};

function draftIn({ completion }: DraftTurn): string {
  return withoutThinking(completion).trim();
}

function askAgain({ name }: DocRecord, corrections: number, last: DraftTurn): string {
  const { problem, trace } = last;
  const advice = ADVICE[problem.kind];
  return [
    `Correction ${corrections} of the task about \`${name}\`: the last draft can't be used (${problem.kind}). ${problem.evidence}.`,
    ...(problem.kind === 'length' ? [] : [`The draft:\n\n${clip(draftIn(last), DRAFT)}`]),
    ...(trace === null ? [] : [`The reference with its own tests:\n${trace}`]),
    ...(advice === undefined ? [] : [advice]),
    'Answer with the whole task, corrected, in one code block of the same form. Change whatever has to be changed; do not give the same draft back.',
  ].join('\n\n');
}
