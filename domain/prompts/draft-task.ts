import type { Problem, ProblemKind } from '../build/build.js';
import type { DocRecord } from '../build/record.js';
import { clip } from './clip.js';
import type { Message } from './message.js';

/** Changes with every change to the text below; a test holds the two together. */
export const DRAFT_PROMPT = 'draft-task/2';
export const CORRECT_PROMPT = 'correct-task/2';

/** Characters of documentation, its head and its tail: what it does, its arguments and its examples. Small models read slowly. */
const DOCUMENTATION = 1_800;

/** An answer that was no task, and why. */
export interface DraftTurn {
  readonly completion: string;
  readonly problem: Pick<Problem, 'kind' | 'evidence'>;
  /** What the run of its reference showed; null where nothing was run. */
  readonly trace: string | null;
}

const RULES = [
  'The task is one Python function of your own that uses the API for a small piece of real work, and does more than call it.',
  'Its docstring says all that a programmer has to know who sees nothing else: arguments, result, order, rounding, edge cases.',
  'It is deterministic, and touches nothing outside: no network, no files, no other programs, no random numbers without a seed.',
  'Arguments and result are plain values, lists, dicts, arrays or data frames.',
  'Three test cases or more compare with expected values that are written out; a function that does nothing, or makes a plausible mistake, has to fail.',
  'Each case has three to five numbers or words at most: so few that you can work the expected value out by hand. Compare plain lists or numbers, not arrays or data frames.',
];

const FORM = `\`\`\`python
# requirements_file --------------------
requirements = ["numpy"]

# function_import --------------------
import numpy as np

# function_code --------------------
def centred_ranks(values):
    """
    Replace each number of a list by its rank, shifted so that the ranks have mean 0.

    The smallest number has the lowest rank; of equal numbers the one that stands first has the lower rank.

    Args:
        values (list of float): one number or more.

    Returns:
        list of float: one rank for each number, in the order of \`values\`.
    """
    order = np.argsort(np.asarray(values), kind="stable")
    ranks = np.empty(len(order))
    ranks[order] = np.arange(len(order))
    return (ranks - ranks.mean()).tolist()

# test_function_code --------------------
def test_centred_ranks():
    print("Testing started.")
    print("Testing case [1/3] started.")
    assert centred_ranks([5.0, 1.0, 3.0]) == [1.0, -1.0, 0.0], "Test case [1/3] failed: the order is wrong"
    print("Testing case [2/3] started.")
    assert centred_ranks([2.0, 2.0]) == [-0.5, 0.5], "Test case [2/3] failed: equal numbers"
    print("Testing case [3/3] started.")
    assert centred_ranks([7.0]) == [0.0], "Test case [3/3] failed: a single number"
    print("Testing finished.")

# call_test_function_line --------------------
test_centred_ranks()
\`\`\``;

/**
 * Asks for a task in AICoderEval's format; after a draft that was none, for a correction. Only the last draft is shown, unless it
 * was cut off: it would be again. Where the last answer was empty, as those that a host withholds are, the same is asked anew.
 */
export function draftPrompt(record: DocRecord, turns: readonly DraftTurn[]): { id: string; messages: Message[] } {
  const ask: Message = { role: 'user', content: askFor(record) };
  const last = turns.at(-1);
  if (last === undefined || last.completion.trim() === '') return { id: DRAFT_PROMPT, messages: [ask] };
  const again = askAgain(record, turns.length, last);
  if (last.problem.kind === 'length') {
    return { id: CORRECT_PROMPT, messages: [{ role: 'user', content: `${ask.content}\n\n${again}` }] };
  }
  const answer: Message = { role: 'assistant', content: last.completion };
  return { id: CORRECT_PROMPT, messages: [ask, answer, { role: 'user', content: again }] };
}

/** The same for all records first: hosts that keep a prompt's beginning read it once. */
function askFor({ name, library, version, signature, documentation }: DocRecord): string {
  return [
    'Write a programming task for a benchmark of models that write Python. This is the form, of a task about `numpy.argsort`:',
    FORM,
    RULES.map((rule) => `- ${rule}`).join('\n'),
    'Write it from this documentation, about this API:',
    [
      `API: \`${name}\``,
      `Library: ${library}${version === null ? '' : ` ${version}`}`,
      ...(signature === null ? [] : [`Signature: ${clip(signature, 400)}`]),
    ].join('\n'),
    `Documentation:\n<<<\n${clip(documentation.trim(), DOCUMENTATION)}\n>>>`,
    `Answer with the task about \`${name}\` in one code block of exactly that form, with all headers.`,
  ].join('\n\n');
}

/** What to do about a draft that was no task; the others get nothing but the evidence. */
const ADVICE: Partial<Readonly<Record<ProblemKind, string>>> = {
  length: 'Write a much shorter one: a function of a few lines, three cases.',
  malformed: 'Keep to the form: each section under its header.',
  'foreign-package': 'Use the library, Python itself and nothing else.',
  'off-topic': 'Its function has to call the API.',
  broken:
    'Work the failing case out by hand, as the docstring asks for it. If the expected value is wrong, correct it; if the function is, correct that. Leave a case out that you can not work out.',
  vacuous: 'Add cases that a wrong function fails.',
  flaky: 'Make it give the same result each time.',
  unsafe: 'Do all of it in memory.',
  'needs-network': 'Do all of it in memory.',
};

function askAgain({ name }: DocRecord, corrections: number, { problem, trace }: DraftTurn): string {
  const advice = ADVICE[problem.kind];
  return [
    `Correction ${corrections} of the task about \`${name}\`: it can't be used (${problem.kind}). ${problem.evidence}.`,
    ...(trace === null ? [] : [`The reference with its own tests:\n${trace}`]),
    ...(advice === undefined ? [] : [advice]),
    'Answer with the whole task, corrected, in one code block of the same form.',
  ].join('\n\n');
}
