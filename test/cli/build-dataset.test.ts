import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Ended, processesOf, runCli } from '../support/cli.js';
import {
  type BuiltLine as Line,
  draftAnswer,
  type DraftText,
  linesOf,
  recordLine,
  soundDraft,
} from '../support/drafts.js';
import { startFaultServer } from '../support/fault-server.js';
import { homesWithTools } from '../support/home-with-tools.js';

const newHome = homesWithTools();

const ACCEPTED: DraftText = {
  name: 'accepted',
  purpose: 'The distance between the largest and the smallest number of a list that has one or more.',
  body: ['accepted = sorted(values)', 'return accepted[-1] - accepted[0]'],
  cases: ['f([3, 1, 2]) == 2', 'f([5]) == 0', 'f([-4, 4]) == 8'],
};
const MEDIAN: DraftText = {
  name: 'repaired',
  purpose: 'The middle number of an odd count of numbers.',
  body: ['repaired = sorted(values)', 'return repaired[len(repaired) // 2]'],
  cases: ['f([9, 1, 2]) == 2', 'f([7]) == 7', 'f([1, 8, 3, 4, 5]) == 4'],
};

/** A draft in which the named thing is done before the result, which is right. */
function that(name: string, lines: readonly string[], imports = 'import math'): DraftText {
  const { body, cases } = soundDraft(name, name.length);
  return { ...soundDraft(name, name.length), imports, body: [...lines, ...body], cases };
}

const answer = (draft: DraftText): { completion: string } => ({ completion: draftAnswer(draft) });

/** What the model says to each record, draft and correction alike, and what comes of it. */
const OUTCOMES: Readonly<
  Record<string, readonly [kind: string, reply: { completion: string; finish_reason?: string }]>
> = {
  accepted: ['accepted', answer(ACCEPTED)],
  repaired: ['accepted', answer({ ...MEDIAN, cases: ['f([9, 1, 2]) == 9'] })],
  traced: ['accepted', answer({ ...soundDraft('traced', 2), body: ['traced = sorted(values)', 'return traced[99]'] })],
  vacuous: ['vacuous', answer({ ...soundDraft('vacuous', 3), cases: ['f([1]) is None or True'] })],
  wrong: ['broken', answer({ ...soundDraft('wrong', 4), cases: ['f([1]) == 77'] })],
  duplicate: [
    'duplicate',
    answer({ ...ACCEPTED, name: 'duplicate', body: ['duplicate = values', 'return max(duplicate) - min(values)'] }),
  ],
  contaminated: [
    'contaminated',
    answer({
      ...soundDraft('contaminated', 5),
      purpose: 'Sum of the squares of all even numbers of a list, and of nothing else.',
    }),
  ],
  reader: ['unsafe', answer(that('reader', ['open("/etc/passwd").read()']))],
  writer: ['unsafe', answer(that('writer', ['try:', '    open("/var/x", "w")', 'except OSError:', '    pass']))],
  starter: ['unsafe', answer(that('starter', ['subprocess.run(["/bin/true"])'], 'import subprocess'))],
  online: [
    'needs-network',
    answer(
      that(
        'online',
        ['try:', '    urllib.request.urlopen("http://example.com")', 'except OSError:', '    pass'],
        'import urllib.request',
      ),
    ),
  ],
  unparsable: ['unparsable', { completion: draftAnswer(ACCEPTED).replace('(values):', '(values:') }],
  silent: ['malformed', { completion: draftAnswer({ ...ACCEPTED, name: 'silent' }).replace(/""".*"""/, 'pass') }],
  prose: ['no-code', { completion: 'I would rather talk about the weather.' }],
  refusing: ['refused', { completion: 'I can not help with that.', finish_reason: 'refusal' }],
  withheld: ['content-filter', { completion: '', finish_reason: 'content-filter' }],
  long: ['length', { completion: draftAnswer(ACCEPTED).slice(0, 200), finish_reason: 'length' }],
  elsewhere: ['off-topic', answer({ ...soundDraft('other', 6), name: 'elsewhere' })],
  foreign: ['foreign-package', answer(that('foreign', ['torch.zeros(1)'], 'import torch'))],
  unrecorded: ['unjudged', { completion: '' }],
};

test('each outcome by its evidence; the same command goes on with what could not be judged', async () => {
  const home = await newHome();
  const folder = dirname(home);
  const records = join(folder, 'records.jsonl');
  const answers = join(folder, 'answers.jsonl');
  const against = join(folder, 'against.jsonl');
  const out = join(folder, 'out.jsonl');
  const recorded = (match: string, reply: object): string =>
    `${JSON.stringify({ match, model: 'by hand', ...reply })}\n`;
  writeFileSync(records, Object.keys(OUTCOMES).map(recordLine).join(''));
  writeFileSync(
    answers,
    [
      recorded('Correction 1 of the task about `tools.repaired`', answer(MEDIAN)),
      // The trace of the run, with the failing line of the reference.
      recorded('     return traced[99]\nIndexError: list index out of range', answer(soundDraft('traced', 2))),
      ...Object.entries(OUTCOMES).flatMap(([name, [kind, reply]]) =>
        kind === 'unjudged' ? [] : recorded(`\`tools.${name}\``, reply),
      ),
    ].join(''),
  );
  const squares =
    'def squares(values):\n    """Sum of the squares of all even numbers of a list, and of nothing else."""\n';
  writeFileSync(
    against,
    `${JSON.stringify({ task_id: 'known', prompt: squares, entry_point: 'squares', canonical_solution: '    return sum(v * v for v in values if v % 2 == 0)\n', tests: ['assert squares([2]) == 4'] })}\n`,
  );
  const build = (...more: readonly string[]): Promise<Ended> =>
    runCli(
      [
        'build-dataset',
        '--home',
        home,
        '--json',
        '--name',
        'outcomes',
        '--model',
        `replay:${answers}`,
        '--records',
        records,
      ].concat([
        '--environment',
        'base',
        '--rounds',
        '2',
        '--tasks',
        '20',
        '--against',
        against,
        '--out',
        out,
        ...more,
      ]),
      { limitMs: 200_000 },
    );
  const first = await build();
  expect(first).toMatchObject({ code: 1, stderr: expect.stringContaining('1 records could not be judged') });
  const found = linesOf<Line>(join(folder, 'out.provenance.jsonl'));
  const kinds = Object.fromEntries(found.map(({ task_id, outcome, why }) => [task_id, why?.kind ?? outcome]));
  expect(kinds).toEqual(Object.fromEntries(Object.entries(OUTCOMES).map(([name, [kind]]) => [name, kind])));
  const of = (id: string): Line | undefined => found.find(({ task_id }) => task_id === id);
  expect(of('repaired')?.steps.map(({ step }) => step)).toEqual([
    'documentation',
    'draft',
    'watch',
    'validate',
    'correct',
    'watch',
    'validate',
    'compare',
  ]);
  expect(of('reader')?.why?.evidence).toMatch(/file\): open \/etc\/passwd/);
  expect(of('starter')?.why?.evidence).toContain('subprocess.Popen');
  expect(of('online')?.why?.evidence).toContain('socket.');
  expect(of('prose')?.why?.evidence).toContain('gave the same again');
  expect(of('duplicate')?.why?.evidence).toContain('resembles accepted by');
  expect(of('contaminated')?.why?.evidence).toContain('against.jsonl/known');
  expect(of('accepted')?.answered_by).toEqual(['by hand']);
  expect(await processesOf(home)).toEqual([]);

  const tasks = linesOf<{ task_id: string; provenance: { steps: unknown[] } }>(out);
  expect(tasks.map(({ task_id }) => task_id)).toEqual(['accepted', 'repaired', 'traced']);
  expect(tasks[0]?.provenance.steps).toHaveLength(5);
  const page = readFileSync(join(folder, 'out.html'), 'utf8');
  expect(page).toContain('&lt;b&gt;values&lt;/b&gt;');
  expect(page).not.toMatch(/<b>values|<script|https?:\/\/(?!example)|src=/);

  const valid = await runCli(['validate', '--home', home, '--json', '--suite', 'aicodereval', '--tasks', out]);
  expect(valid.code).toBe(0);
  expect(JSON.parse(valid.stdout)).toMatchObject({ counts: { usable: 3 } });

  appendFileSync(answers, recorded('`tools.unrecorded`', answer(soundDraft('unrecorded', 9))));
  const second = await build();
  expect(JSON.parse(second.stdout)).toMatchObject({ accepted: 4, why: { duplicate: 1 } });
  const third = await build();
  expect(third.stderr).toContain('nothing is asked, nothing is run');
  const other = await build('--mutants', '2');
  expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('mutants: 8 -> 2') });
}, 300_000);

test('what a model costs is told where its price is known, and null, not 0, where it is not', async () => {
  const home = await newHome();
  const records = join(dirname(home), 'records.jsonl');
  writeFileSync(records, recordLine('accepted'));
  const server = await startFaultServer({ reply: () => ({ kind: 'answer', text: draftAnswer(ACCEPTED) }) });
  const build = (name: string): Promise<Ended> => {
    const model = ['--model', 'openai:m', '--base-url', server.baseUrl, '--api-key-env', 'MY_API_KEY'];
    const fixed = ['--environment', 'base', '--tasks', '1', '--records', records, '--name', name];
    return runCli(['build-dataset', '--home', home, '--json', ...fixed, ...model], {
      env: { MY_API_KEY: 'sk-0123456789' },
    });
  };
  try {
    const unpriced = await build('unpriced');
    expect(JSON.parse(unpriced.stdout)).toMatchObject({ accepted: 1, prompt_tokens: 11, cost_usd: null });

    writeFileSync(join(home, 'prices.yaml'), 'openai:m: { prompt: 1000000, completion: 0 }\n');
    const priced = await build('priced');
    expect(JSON.parse(priced.stdout)).toMatchObject({ accepted: 1, prompt_tokens: 11, cost_usd: 11 });
    // A build that has begun goes on at the price that it began with, and is no other for one that has changed.
    const again = await build('unpriced');
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('nothing is asked, nothing is run') });
    expect(JSON.parse(again.stdout)).toMatchObject({ cost_usd: null });
  } finally {
    await server.close();
  }
}, 180_000);
