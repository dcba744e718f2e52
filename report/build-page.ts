import type { BuildPlan, ItemStory, Problem, Round } from '../domain/build/build.js';
import { NEAR_DUPLICATE } from '../domain/build/resemblance.js';
import type { Task } from '../domain/task.js';
import type { BuildSummary } from './build.js';
import { BUILD_STYLE } from './build-style.js';
import { escape } from './escape.js';

/** A record's story with the texts that it refers to. */
export interface PageItem {
  readonly story: ItemStory;
  /** Null where no answer was a task. */
  readonly task: Pick<Task, 'prompt' | 'reference' | 'test' | 'environment' | 'grading'> | null;
  /** Of each round. */
  readonly answers: readonly string[];
}

/** A page that opens from disk and asks for nothing: each record with its documentation, drafts, verdicts, and what became of it. */
export function buildPage(plan: BuildPlan, summary: BuildSummary, items: readonly PageItem[]): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escape(plan.name)}: tasks for review</title><style>${BUILD_STYLE}</style></head><body>`,
    head(plan, summary, items),
    filter(summary),
    '<main>',
    ...items.map(item),
    '</main></body></html>',
    '',
  ].join('\n');
}

function head(
  plan: BuildPlan,
  { records, accepted, dropped, corrected, why, ...used }: BuildSummary,
  items: readonly PageItem[],
): string {
  const reasons = Object.entries(why).map(([kind, count]) => `${kind} ${count}`);
  const answering = items.flatMap(({ story }) => story.rounds.map(({ draft }) => draft.answeredBy));
  const who = [...new Set(answering)].map((name) => `${name} (${answering.filter((each) => each === name).length})`);
  const facts = [
    [String(accepted), 'accepted'],
    [String(dropped), 'dropped'],
    [String(records), 'records'],
    [String(corrected), 'accepted after a correction'],
    [(used.prompt_tokens + used.completion_tokens).toLocaleString('en'), 'tokens'],
    ...(used.cost_usd !== null && used.cost_usd > 0 ? [[used.cost_usd.toFixed(4), 'USD']] : []),
  ];
  const { model, environment, digest, rounds, mutants } = plan;
  return [
    `<header><h1>${escape(plan.name)}</h1>`,
    `<p class="soft">Asked: <code>${escape(model.label)}</code>; environment ${escape(environment)} ${escape(digest)}; at most ${rounds} ${rounds === 1 ? 'answer' : 'answers'} a record and ${mutants} mutants a draft; near-duplicates from ${NEAR_DUPLICATE} on.</p>`,
    `<ul class="facts">${facts.map(([value = '', name = '']) => `<li><b>${escape(value)}</b>${escape(name)}</li>`).join('')}</ul>`,
    who.length === 0 ? '' : `<p>Answers by: ${escape(who.join(', '))}.</p>`,
    reasons.length === 0 ? '' : `<p>Dropped for: ${escape(reasons.join(', '))}.</p>`,
    '</header>',
  ].join('\n');
}

function filter({ accepted, dropped, records }: BuildSummary): string {
  const choices = [
    ['all', `All ${records}`, ' checked'],
    ['only-accepted', `Accepted ${accepted}`, ''],
    ['only-dropped', `Dropped ${dropped}`, ''],
  ] as const;
  const inputs = choices.map(
    ([id, label, checked]) => `<label><input type="radio" name="show" id="${id}"${checked}> ${label}</label>`,
  );
  return `<form class="filter" aria-label="Records to show">${inputs.join('')}</form>`;
}

function item({ story, task, answers }: PageItem): string {
  const { record, rounds, accepted, problem } = story;
  const kind = accepted ? 'accepted' : 'dropped';
  const name = record.id === record.name ? '' : ` <span class="soft">${escape(record.name)}</span>`;
  const verdict = rounds.at(-1)?.tried?.validation?.evidence ?? '';
  const why = problem === null ? verdict : `${problem.kind}: ${problem.evidence}`;
  return [
    `<details class="item ${kind}"><summary><span class="mark ${accepted ? 'good' : 'bad'}">${kind}</span><b>${escape(record.id)}${name}</b><span class="why">${escape(why)}</span></summary><div class="body">`,
    documentation(story),
    ...(task === null ? [] : shownTask(task)),
    '<h2>Steps</h2>',
    steps(story),
    ...rounds.map(({ round, draft }, at) => folded(`Answer ${round}, by ${draft.answeredBy}`, answers[at] ?? '')),
    '</div></details>',
  ].join('\n');
}

function documentation({ record }: ItemStory): string {
  const { library, version, source, signature, documentation } = record;
  return [
    '<h2>Documentation</h2>',
    `<p class="soft">${escape(library)}${version === null ? '' : ` ${escape(version)}`}; ${escape(source)}</p>`,
    signature === null ? '' : `<p><code>${escape(signature)}</code></p>`,
    folded('As it was read', documentation),
  ].join('\n');
}

function shownTask({ prompt, reference, test, environment, grading }: NonNullable<PageItem['task']>): string[] {
  const solution = reference.startsWith(prompt.trimEnd()) ? reference.slice(prompt.trimEnd().length) : reference;
  return [
    `<h2>Prompt</h2><p class="soft">Environment ${escape(environment)}, grading ${escape(grading)}</p><pre>${escape(prompt.trim())}</pre>`,
    `<h2>Reference</h2><pre>${escape(solution.replace(/^\n+/, '').trimEnd())}</pre>`,
    `<h2>Tests</h2><pre>${escape(test.trim())}</pre>`,
  ];
}

function folded(title: string, text: string): string {
  return `<details><summary>${escape(title)}</summary><pre>${escape(text)}</pre></details>`;
}

function steps({ rounds, nearest, accepted, problem }: ItemStory): string {
  const rows = rounds.flatMap(stepRows);
  if (nearest !== null) rows.push(['compare', `most like ${nearest.id}, by ${nearest.similarity.toFixed(2)}`, '']);
  else if (problem === null) rows.push(['compare', 'like no other task', '']);
  rows.push(['outcome', accepted ? 'accepted' : `dropped: ${describe(problem)}`, '']);
  const cells = rows.map(
    ([step, what, detail]) =>
      `<tr><th>${escape(step)}</th><td>${escape(what)}</td><td class="soft">${escape(detail)}</td></tr>`,
  );
  return `<table>${cells.join('')}</table>`;
}

type StepRow = [step: string, what: string, detail: string];

function stepRows({ round, draft, tried }: Round): StepRow[] {
  const name = round === 1 ? 'draft' : `correction ${round - 1}`;
  const detail = `${draft.promptTokens + draft.completionTokens} tokens, ${draft.finishReason}; prompt ${draft.promptSha256.slice(0, 12)}, answer ${draft.completionSha256.slice(0, 12)}`;
  const rows: StepRow[] = [[name, draft.problem === null ? 'a task to try' : describe(draft.problem), detail]];
  if (tried === null) return rows;
  rows.push(['watched run', tried.problem === null ? 'reached for nothing outside' : describe(tried.problem), '']);
  const { validation } = tried;
  if (validation === null) return rows;
  const { status, evidence, cases, asserts, killed, mutants, conditions } = validation;
  rows.push([
    'validate',
    `${status}: ${evidence}`,
    `${cases} cases, ${asserts} assertions, ${killed} of ${mutants} mutants noticed; conditions ${conditions.slice(0, 12)}`,
  ]);
  return rows;
}

function describe(problem: Problem | null): string {
  return problem === null ? '' : `${problem.kind}: ${problem.evidence}`;
}
