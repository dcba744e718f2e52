import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { escape, scriptJson } from '../../../report/escape.js';
import type { PageData } from '../../../report/page/data.js';
import { detailPart, type StoredTexts } from '../../../report/page/detail.js';
import { detailScript, pageWithDetails, reportPage } from '../../../report/page/document.js';
import { pageFigures } from '../../../report/page/figures.js';
import { reveal } from '../../../report/reveal.js';
import { HOSTILE } from '../../support/hostile-texts.js';
import { resultsOf } from '../../support/made-up-results.js';

const NOTHING: StoredTexts = { text: () => null, messages: () => null, report: () => null, task: () => null };
const DATA = /<script type="application\/json" id="data">(.*?)<\/script>/s;

function figures(say: (text: string) => string): PageData {
  const source = { sweepId: say('sweep'), planned: 4, version: say('0'), limited: [], results: resultsOf(say) };
  return { ...pageFigures(source), temporal: null, details: { kind: 'inside', perPart: 10 } };
}

/** The page's own elements, in order. */
function tagsOf(page: string): string[] {
  return page.replace(DATA, '').match(/<\/?[a-z!][^>]*>/g) ?? [];
}

describe.each(Object.entries(HOSTILE))('%s in every field', (_, hostile) => {
  const say = (text: string): string => text + hostile;

  test('adds no element and no attribute to the page, and comes out of its data as it went in', () => {
    const data = figures(say);
    const page = reportPage(data, 'draw()');
    const harmless = reportPage(
      figures((text) => text),
      'draw()',
    );
    expect(tagsOf(page)).toEqual(tagsOf(harmless));
    const found = DATA.exec(page)?.[1] ?? '';
    expect(found).not.toContain('<');
    expect(JSON.parse(found)).toEqual(JSON.parse(JSON.stringify(data)));
  });

  test('is no more than data in a file of details', () => {
    const text = (sha256: string) => say(sha256);
    const part = detailPart(resultsOf(say), { ...NOTHING, text });
    const script = detailScript(3, part);
    expect(script).not.toMatch(/<|\u2028|\u2029/);
    expect(script.startsWith('takeDetails(3,')).toBe(true);
    expect(JSON.parse(script.slice('takeDetails(3,'.length, -3))).toEqual(JSON.parse(JSON.stringify(part)));
  });
});

test('whatever a text holds, an escaped one is one text, and JSON for a script the same value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escape(text)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      expect(JSON.parse(scriptJson(text))).toBe(text);
      expect(scriptJson(text)).not.toMatch(/<|\u2028|\u2029/);
    }),
  );
});

test('nothing that hides is left in a text that is shown', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(reveal(text)).not.toMatch(/(?![\t\n])\p{Cc}|\p{Bidi_Control}|[\u200B-\u200D\uFEFF]|\p{Surrogate}/u);
      expect(reveal(reveal(text))).toBe(reveal(text));
    }),
  );
  expect(reveal('a\u202Eb\r\nc\td ✔️ \uD800')).toBe('a⟨U+202E⟩b\nc\td ✔️ ⟨U+D800⟩');
});

test('the same results give the same bytes, in whatever order they come', () => {
  const results = resultsOf((text) => text);
  const page = (of: typeof results): string =>
    reportPage(
      {
        ...pageFigures({ sweepId: 's', planned: 4, version: '0', limited: [], results: of }),
        temporal: null,
        details: { kind: 'live' },
      },
      'draw()',
    );
  expect(page(results.toReversed())).toBe(page(results));
});

test('details inside come part by part, between the data and the script of the same page', async () => {
  const data = figures((text) => text);
  const results = resultsOf((text) => text);
  const part = detailPart(results, NOTHING);
  async function* parts() {
    yield part;
    yield await Promise.resolve(part);
  }
  const pieces: string[] = [];
  for await (const piece of pageWithDetails(data, 'draw()', parts())) pieces.push(piece);
  const inside = [0, 1].map((at) => `<script type="application/json" id="part-${at}">${scriptJson(part)}</script>\n`);
  expect(pieces.slice(1, -1)).toEqual(inside);
  expect(`${pieces[0]}${pieces.at(-1)}`).toBe(reportPage(data, 'draw()'));
});

test('a long text keeps its beginning and its end, and says how much is left out', () => {
  const part = detailPart(
    resultsOf((text) => text),
    { ...NOTHING, text: () => `begin${'x'.repeat(1e6)}end` },
  );
  const [first] = part.texts.filter((text) => 'left' in text);
  expect(first).toMatchObject({
    left: 1e6 + 8 - 60_000,
    head: expect.stringMatching(/^begin/),
    tailLine: 1,
    tail: expect.stringMatching(/end$/),
  });
});

test('neighbours share their texts, and a text that the store has no more is said to be missing', () => {
  const results = resultsOf((text) => text);
  const { texts, cells } = detailPart(results, NOTHING);
  expect(cells.map(({ id }) => id)).toEqual(results.map(({ cell }) => cell.cellId));
  expect(texts).toContainEqual({ missing: `store/aa/${'a'.repeat(62)}` });
  for (const { test, reference } of cells) {
    const task = { missing: `store/tt/${'t'.repeat(62)}` };
    expect([texts[test], texts[reference]]).toEqual([task, task]);
  }
  expect(texts.length).toBeLessThan(cells.length * 3);
});
