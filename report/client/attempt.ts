import type { AttemptDetail, CellDetail, RunDetail, Text } from '../page/detail.js';
import { type Mark, plainText, program } from './code.js';
import type { LoadedCell } from './details.js';
import { diffView } from './diff-view.js';
import { type Child, h } from './dom.js';
import { dollars, duration } from './format.js';
import { folded, runView } from './run.js';
import { textOf, wholeOf } from './stored-text.js';

const ACTIONS: Readonly<Record<string, string>> = {
  direct: 'first try',
  fresh: 'fresh sample',
  repair: 'repair',
  plan: 'new plan',
  chat: 'turn of the conversation',
};

/** What a round did, in a word or two. */
export function actionOf({ plan, attempt }: AttemptDetail): string {
  if (plan === null) return attempt === 1 ? 'first try' : 'further try';
  return `${ACTIONS[plan.action] ?? plan.action}${plan.base === null ? '' : ` of round ${plan.base}`}`;
}

/** One round of a cell: its program with the failing line, what the sandbox saw, and all that led to it. */
export function attemptView({ cell, texts }: LoadedCell, attempt: AttemptDetail): HTMLElement {
  const code = attempt.program === null ? null : texts[attempt.program];
  const before = earlier(cell, attempt);
  const changed = code !== null && before !== null && before.program !== null;
  return h(
    'div',
    { class: 'attempt' },
    h('p', { class: 'facts-line' }, facts(attempt)),
    h(
      'div',
      { class: 'sides' },
      h(
        'div',
        {},
        h(
          'section',
          {},
          h('h2', {}, 'Program'),
          code === null ? noProgram(attempt) : program(code, marks(attempt.runs)),
        ),
        changed && changes(before, texts[before.program ?? -1], code),
      ),
      h('section', {}, h('h2', {}, 'Test report'), ...reports(attempt, { cell, texts })),
    ),
    attempt.lookups.length > 0 && h('section', {}, h('h2', {}, 'Look-ups'), ...lookups(attempt, { cell, texts })),
    h('section', {}, h('h2', {}, 'Texts'), ...sources(attempt, { cell, texts })),
  );
}

/** What a round is laid beside: the one that it repairs, else the last one before it that has a program. */
function earlier({ attempts }: CellDetail, { attempt, plan }: AttemptDetail): AttemptDetail | null {
  const base = attempts.find((each) => each.attempt === plan?.base);
  return base ?? attempts.findLast((each) => each.attempt < attempt && each.program !== null) ?? null;
}

function changes({ attempt }: AttemptDetail, before: Text | undefined, after: Text | undefined): HTMLElement {
  const [left, right] = [wholeOf(before), wholeOf(after)];
  return h(
    'section',
    { class: 'changes' },
    h('h2', {}, `What changed since round ${attempt}`),
    left === null || right === null
      ? h('p', { class: 'soft' }, 'One of the two programs is not here as a whole.')
      : diffView(left, right),
  );
}

function noProgram({ finishReason, tool }: AttemptDetail): HTMLElement {
  const cut = finishReason === 'length' ? 'No program: the answer was cut off.' : 'The answer holds no program.';
  const asked = tool === null ? null : `${tool.name}${tool.query === '' ? '' : ` "${tool.query}"`}`;
  return h('p', { class: 'soft' }, asked === null ? cut : `No program: the answer asks for ${asked}.`);
}

function facts({
  plan,
  generateMs,
  promptTokens,
  completionTokens,
  costUsd,
  shared,
  finishReason,
  promptId,
}: AttemptDetail): string {
  return [
    ...(plan === null || plan.reason === '' ? [] : [plan.reason]),
    `${promptTokens.toLocaleString('en')} + ${completionTokens.toLocaleString('en')} tokens`,
    ...(costUsd === null || costUsd === 0 ? [] : [dollars(costUsd)]),
    ...(shared ? ['the answer to another cell that asked the same, paid for there'] : []),
    duration(generateMs),
    `ended by ${finishReason}`,
    ...(plan === null || plan.temperature === null ? [] : [`temperature ${plan.temperature}`]),
    `prompt ${promptId}`,
  ].join(' · ');
}

/** Where the runs of a program went wrong in it. */
function marks(runs: readonly RunDetail[]): Mark[] {
  return runs.flatMap(({ errorLine, report }) => {
    if (errorLine === null) return [];
    const { type = '', message = '' } = report?.exception ?? {};
    return [{ line: errorLine, note: message === '' ? type : `${type}: ${message.slice(0, 300)}` }];
  });
}

function reports({ runs }: AttemptDetail, { texts }: LoadedCell): Child[] {
  if (runs.length === 0) return [h('p', { class: 'soft' }, 'Nothing was run.')];
  return runs.map((run) => runView(run, texts));
}

function lookups({ lookups }: AttemptDetail, { texts }: LoadedCell): Child[] {
  return lookups.map(({ query, entries, text }) =>
    h(
      'div',
      { class: 'lookup' },
      h('p', {}, h('b', {}, query), ` ${entries.length === 0 ? 'found nothing' : `→ ${entries.join(', ')}`}`),
      entries.length > 0 && folded('what the prompt was given', textOf(texts[text])),
    ),
  );
}

function sources({ prompt, completion }: AttemptDetail, { cell, texts }: LoadedCell): Child[] {
  return [
    h(
      'details',
      {},
      h('summary', {}, 'Prompt'),
      ...prompt.map(({ role, text }) =>
        h('div', { class: 'message' }, h('h3', { class: 'role' }, role), plainText(textOf(texts[text]))),
      ),
    ),
    folded('Answer, as it came', textOf(texts[completion])),
    h('details', {}, h('summary', {}, 'Tests of the task'), program(texts[cell.test])),
    h('details', {}, h('summary', {}, "The task's reference"), program(texts[cell.reference])),
  ];
}
