import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readPageScript } from '../../cli/page-script.js';
import type { CellResult } from '../../domain/cell.js';
import type { PageData } from '../../report/page/data.js';
import { detailPart, type StoredTexts } from '../../report/page/detail.js';
import { pageWithDetails } from '../../report/page/document.js';
import { pageFigures } from '../../report/page/figures.js';
import { Browser } from '../support/browser.js';
import { findChromium } from '../support/chromium.js';
import { lost, resultsOf, withoutLastRun } from '../support/made-up-results.js';

const chromium = findChromium();
const folder = mkdtempSync(join(tmpdir(), 'aicodereval-odd-'));
const NOTHING: StoredTexts = { text: () => null, messages: () => null, report: () => null, task: () => null };
const results = resultsOf((text) => text);
const isDirect = ({ cell }: CellResult): boolean => cell.strategy.id === 'direct';
let browser: Browser;

const evaluate = (expression: string) => browser.evaluate(expression);
const texts = (selector: string) =>
  evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map((each) => each.innerText.trim())`);

/** Opens the page of some results, or of one of their cells. */
async function open(of: readonly CellResult[], stored = NOTHING, cell: string | null = null): Promise<void> {
  const figures = pageFigures({ sweepId: 'odd', planned: of.length, version: '0', limited: [], results: of });
  const data: PageData = { ...figures, temporal: null, details: { kind: 'inside', perPart: of.length } };
  const file = join(folder, 'page.html');
  await writeFile(file, pageWithDetails(data, await readPageScript(), Readable.from([detailPart(of, stored)])));
  const { href } = pathToFileURL(file);
  if (cell === null) await browser.open(href, 'document.querySelector("#cells tbody tr")');
  else await browser.open(`${href}#/cell/${encodeURIComponent(cell)}`, 'document.querySelector(".detail .attempt")');
}

beforeAll(async () => {
  if (chromium !== null) browser = await Browser.start(chromium, { width: 1_280, height: 900 });
});

afterAll(async () => {
  if (chromium !== null) await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

(chromium === null ? describe.skip : describe)('the page of results that are seldom seen', () => {
  afterEach(() => {
    expect(browser.problems.splice(0)).toEqual([]);
  });

  test('an arm for which nothing was generated has no line among the rounds', async () => {
    await open(results.map((result) => (isDirect(result) ? lost(result) : result)));
    expect(await evaluate('document.querySelectorAll("#rounds polyline").length')).toBe(1);
    expect(await evaluate('document.querySelectorAll("#rounds .label").length')).toBe(1);
    const starts = '[...document.querySelectorAll("#rounds line")].map((each) => Number(each.getAttribute("x1")))';
    expect(Math.min(...((await evaluate(starts)) as number[]))).toBeGreaterThanOrEqual(0);
  });

  test('the contents name what there is: no errors where all passed', async () => {
    const contents = `[...document.querySelectorAll('.contents a')].map((each) => each.getAttribute('href').slice(2))`;
    await open(results);
    expect(await evaluate(contents)).toContain('errors');
    await open(results.filter(({ cell }) => cell.taskId === 'one'));
    expect(await evaluate(contents)).not.toContain('errors');
    expect(await evaluate(`${contents}.filter((id) => document.getElementById(id) === null)`)).toEqual([]);
  });

  test('an arm that nothing is told of is no baseline', async () => {
    const other = (model: string, of: readonly CellResult[]) =>
      of.map((result) => ({ ...result, cell: { ...result.cell, model, cellId: `${model}/${result.cell.cellId}` } }));
    await open([...results, ...other('other', results.filter(isDirect))]);
    expect(await texts('#scores td.against')).toEqual(['baseline', expect.stringMatching(/^\+50\.0/), '–']);
  });

  test('a program that was not run is said to be so, and what is missing of a task to be missing', async () => {
    const cut = results.map((result) =>
      result.attempts.length === 2 ? lost(result, withoutLastRun(result.attempts)) : result,
    );
    await open(cut, NOTHING, 'sweep/two/react');
    const rounds = (await texts('.rail li')) as string[];
    expect(rounds.map((each) => /not run|no program|assertion/.exec(each)?.[0])).toEqual(['assertion', 'not run']);
    await evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    expect(await texts('summary')).toEqual(expect.arrayContaining(['Tests of the task', "The task's reference"]));
    expect(await texts('.attempt > section:last-child details:last-of-type .line')).toEqual([
      expect.stringMatching(/^\(not in the store any more/),
    ]);
  });

  test('a long program has its own line numbers and its failing line marked, and is not compared', async () => {
    const program = Array.from({ length: 9_000 }, (_, at) => `value_${at + 1} = 1`).join('\n');
    const failing = results.map((result) => ({
      ...result,
      attempts: result.attempts.map((attempt) => ({
        ...attempt,
        executions: attempt.executions.map((run) => ({ ...run, errorLine: attempt.attempt === 1 ? 8_990 : 4_500 })),
      })),
    }));
    const marked = async () => {
      await evaluate('for (const each of document.querySelectorAll(".sides button.more")) each.click()');
      return texts('.sides .failing .text');
    };
    await open(failing, { ...NOTHING, text: () => program }, 'sweep/two/react');
    expect(await texts('.changes .soft')).toEqual(['One of the two programs is not here as a whole.']);
    expect(await marked()).toEqual([]);
    await browser.press('1');
    await browser.until('document.querySelector(".rail [aria-current]")?.innerText.includes("Round 1")');
    expect(await marked()).toEqual(['value_8990 = 1']);
    expect(await evaluate('document.querySelector(".sides .failing").dataset.n')).toBe('8990');
  });
});
