import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { BuildPlan, ItemStory } from '../../domain/build/build.js';
import { provenance, renderBuild, summariseBuild, taskLine } from '../../report/build.js';
import { buildPage, type PageItem } from '../../report/build-page.js';
import { aiCoderEvalLineSchema } from '../../infra/parse/aicodereval-line.js';
import { parseSweep } from '../../infra/parse/sweep-file.js';
import { headerOf } from '../../domain/aicodereval-sections.js';

const { models, sandbox } = parseSweep(
  { name: 'x', suites: [{ id: 'starter' }], models: [{ id: 'replay:x' }], strategies: [{ id: 'direct' }] },
  'test',
);
const { backend, gpu: _, ...limits } = sandbox;

function plan(name: string): BuildPlan {
  const [model] = models;
  if (model === undefined) throw new Error('no model');
  const hashes = { wantedSha256: 'w', againstSha256: 'a' };
  return {
    format: 1,
    name,
    environment: 'base',
    digest: 'd',
    backend,
    limits,
    model,
    rounds: 1,
    tasks: 1,
    limit: null,
    mutants: 0,
    ...hashes,
  };
}

/** A story in which every text is the same one. */
function storyOf(text: string, accepted: boolean): PageItem {
  const problem = { kind: 'broken', evidence: text, reportSha256: null } as const;
  const draft = {
    promptId: text,
    promptSha256: text,
    completionSha256: text,
    answeredBy: text,
    finishReason: 'stop',
    promptTokens: 3,
    completionTokens: 4,
    costUsd: 0.5,
    generateMs: 1,
    programSha256: text,
    taskSha256: text,
    environment: text,
    problem: accepted ? null : problem,
  } as const;
  const record = {
    id: text,
    library: text,
    version: text,
    name: text,
    signature: text,
    documentation: text,
    source: text,
    domain: text,
  };
  const story: ItemStory = {
    item: 0,
    accepted,
    problem: accepted ? null : problem,
    nearest: { id: text, similarity: 0.5 },
    record,
    rounds: [{ round: 1, draft, tried: null }],
  };
  return {
    story,
    task: { prompt: text, reference: text, test: text, environment: text, grading: 'isolated' },
    answers: [text],
  };
}

function pageOf(name: string, items: readonly PageItem[]): string {
  return buildPage(
    plan(name),
    summariseBuild(
      plan(name),
      items.map(({ story }) => story),
    ),
    items,
  );
}

/** The page's own elements, in order. */
const TAGS = /<\/?[a-z!][^>]*>/g;

test('hostile strings stay text: they add no element and no attribute', () => {
  const harmless = pageOf('x', [storyOf('x', true), storyOf('x', false)]).match(TAGS);
  const hostile = fc.oneof(
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onclick='x",
      '</pre></details><h1>',
      '&lt;b&gt;',
      '\0\u001B[31m',
    ),
    fc.string({ unit: 'binary' }).filter((text) => text.trim() !== ''),
  );
  fc.assert(
    fc.property(hostile, (text) => {
      expect(pageOf(text, [storyOf(text, true), storyOf(text, false)]).match(TAGS)).toEqual(harmless);
    }),
  );
});

test('it fetches nothing, and forbids it', () => {
  const page = pageOf('x', [storyOf('see http://example.com/a.png', true)]);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<(?:script|link|img|iframe)|url\(|@import/);
});

test('a summary counts what was accepted, corrected, dropped and used', () => {
  const [one, other] = [storyOf('x', true).story, storyOf('x', false).story];
  const corrected = { ...one, rounds: [...other.rounds, ...one.rounds] };
  expect(summariseBuild(plan('x'), [one, other, corrected])).toMatchObject({
    records: 3,
    accepted: 2,
    dropped: 1,
    corrected: 1,
    why: { broken: 1 },
    prompt_tokens: 12,
    cost_usd: 2,
  });
});

test('a summary does not know what it cost where the price of one answer is not known', () => {
  const { story } = storyOf('x', true);
  const unknown = {
    ...story,
    rounds: story.rounds.map(({ draft, ...rest }) => ({ ...rest, draft: { ...draft, costUsd: null } })),
  };
  const summary = summariseBuild(plan('x'), [story, unknown]);
  expect(summary.cost_usd).toBeNull();
  expect(renderBuild(summary)).toContain('14 tokens, whose price is not known');
});

test('a line of the finished file is one that the suite reads, with its provenance', () => {
  const program = `${headerOf('function_code')}\n\ndef f():\n    pass\n\n${headerOf('test_function_code')}\n\nf()\n`;
  const { story } = storyOf('name', true);
  const line: unknown = JSON.parse(taskLine(story, program, plan('x')));
  expect(line).toMatchObject({ provenance: { outcome: 'accepted', answered_by: ['name'] } });
  expect(aiCoderEvalLineSchema.parse(line)).toEqual({
    taskId: 'name',
    content: program,
    domain: 'name',
    requirements: null,
  });
  expect(provenance(story, plan('x'))).toMatchObject({
    steps: [
      { step: 'documentation' },
      { step: 'draft', problem: null },
      { step: 'compare', nearest: { similarity: 0.5 } },
    ],
  });
});
