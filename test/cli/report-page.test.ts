import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import { writeHtmlReport } from '../../cli/html-report.js';
import { Browser } from '../support/browser.js';
import { findChromium } from '../support/chromium.js';
import { MADE_UP, writeMadeUpSweep } from '../support/report-sweep.js';

const chromium = findChromium();
const home = mkdtempSync(join(tmpdir(), 'aicodereval-page-'));
const page = join(home, 'sweeps/made-up/report.html');
const address = pathToFileURL(page).href;
/** The table of cells is drawn last. */
const SHOWN = 'document.querySelector("#cells tbody tr")';
const DETAIL = 'document.querySelector(".detail .attempt")';
let browser: Browser;

const text = (selector: string) => browser.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText`);
const texts = (selector: string) =>
  browser.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map((each) => each.innerText.trim())`);
const count = (selector: string) => browser.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`);

beforeAll(async () => {
  await writeMadeUpSweep(home, { ...MADE_UP, tasks: 200 });
  await writeHtmlReport({ home, sweep: 'made-up', file: null, isSingle: false, ui: null });
  if (chromium !== null) browser = await Browser.start(chromium, { width: 1_280, height: 900 });
}, 120_000);

afterAll(async () => {
  if (chromium !== null) await browser.close();
  rmSync(home, { recursive: true, force: true });
});

(chromium === null ? describe.skip : describe)('the page of a sweep of 2,000 cells, from disk', () => {
  afterEach(() => {
    expect(browser.problems.splice(0)).toEqual([]);
    const foreign = browser.requests.filter((url) => !url.startsWith(new URL('.', address).href));
    expect(foreign).toEqual([]);
  });

  test('opens with its figures, and asks for nothing but itself', async () => {
    browser.requests.length = 0;
    await browser.open(address, SHOWN);
    expect(await text('h1')).toBe('made-up');
    expect(await text('.count')).toContain('2,000 cells');
    for (const id of ['scores', 'rounds', 'cost', 'kinds', 'tasks', 'flow', 'errors', 'cells']) {
      expect({ id, sections: await count(`section#${id}`) }).toEqual({ id, sections: 1 });
    }
    expect(browser.requests).toEqual([address]);
  });

  test('filters by a list, by words and by a figure of a table, and keeps all of it in the address', async () => {
    await browser.open(`${address}#/cells?verdict=fail&model=coder-small`, SHOWN);
    expect(new Set((await texts('#cells tbody .badge')) as string[])).toEqual(new Set(['fail']));
    const failed = await text('.count');
    await browser.evaluate(
      `(() => { const list = document.getElementById('filter-error'); list.value = [...list.options].find((o) => o.text === 'syntax').value; list.dispatchEvent(new Event('change')); })()`,
    );
    expect(await browser.evaluate('location.hash')).toBe('#/cells?model=coder-small&verdict=fail&error=syntax');
    expect(await text('.count')).not.toBe(failed);
    await browser.evaluate('location.hash = "#/cells"');
    await browser.until('document.querySelector(".count").innerText.startsWith("2,000")');
    await browser.evaluate('document.getElementById("search").focus()');
    await browser.type('task-0007 codergen/');
    await browser.until('document.querySelectorAll("#cells tbody tr").length === 2');
    expect(await browser.evaluate('location.hash')).toContain('text=task-0007');
    await browser.evaluate('document.querySelector("#kinds td a").click()');
    await browser.until('document.querySelector(".count").innerText.includes("of 2,000 cells")');
    expect(await browser.evaluate('location.hash')).toMatch(/domain=/);
  });

  test('sorts by a column, both ways', async () => {
    await browser.open(`${address}#/cells?sort=-tokens`, SHOWN);
    const tokens = (await texts('#cells tbody td:nth-child(8)')) as string[];
    const numbers = tokens.map((each) => Number(each.replace(',', '')));
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    expect(numbers[0]).toBeGreaterThan(numbers.at(-1) ?? 0);
    await browser.evaluate('document.querySelector("#cells th[aria-sort] a").click()');
    await browser.until('document.querySelector("#cells th[aria-sort=ascending]")');
    expect(await browser.evaluate('location.hash')).toBe('#/cells?sort=tokens');
  });

  test('shows a cell: its rounds, the failing line, the report, the look-up, and what changed', async () => {
    const id = 'made-up/made-up/task-0040/coder-large/codergen/0';
    await browser.open(`${address}#/cell/${encodeURIComponent(id)}`, DETAIL);
    expect(await count('.rail li')).toBe(4);
    expect(await text('.code .failing')).toContain("AttributeError: module 'numpy' has no attribute 'masked_mean'");
    expect(await browser.evaluate('document.querySelector(".code .failing").dataset.n')).toBe('7');
    const report = String(await text('.sides > section'));
    for (const part of ['case 3 checks', '[1.5, 4.0]', 'numpy 2.1.3 has', 'Frames', 'Variables of the failing line'])
      expect(report).toContain(part);
    expect(await text('.lookup')).toContain('numpy.ma.mean');
    expect(await texts('.diff .added .text')).toContain('    mask = np.asarray(mask, dtype=bool)'.trim());
    expect(((await texts('.diff .removed')) as string[]).length).toBe(3);
    await browser.press('2');
    await browser.until('document.querySelector(".rail [aria-current]")?.innerText.includes("Round 2")');
    expect(await text('.facts-line')).not.toContain('paid for there');
    await browser.press('1');
    await browser.until('document.querySelector(".rail [aria-current]")?.innerText.includes("Round 1")');
    expect(await text('.facts-line')).toContain('paid for there');
    expect(await texts('summary')).toEqual(
      expect.arrayContaining(['Prompt', 'Answer, as it came', 'Tests of the task']),
    );
  });

  test.each([
    ['.ids a', /of 2,000 cells/],
    ['[data-back]', /^2,000 cells/],
  ])('leads from a cell that was opened by its address to the cells: %s', async (link, shown) => {
    const id = 'made-up/made-up/task-0040/coder-large/codergen/0';
    await browser.open(`${address}#/cell/${encodeURIComponent(id)}`, DETAIL);
    await browser.evaluate(`document.querySelector(${JSON.stringify(link)}).click()`);
    await browser.until('document.querySelector("article").hidden');
    expect(await text('.count')).toMatch(shown);
    const top = await browser.evaluate('document.getElementById("cells").getBoundingClientRect().top');
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(900);
  });

  test('goes by keys alone: mark, open, next, back, search', async () => {
    await browser.open(`${address}#/cells?verdict=fail`, SHOWN);
    for (const key of ['j', 'j', 'k', 'j']) await browser.press(key);
    expect(
      await browser.evaluate('[...document.querySelectorAll("#cells tr")].findIndex((e) => e.matches(".marked"))'),
    ).toBe(2);
    const scrolled = await browser.evaluate('scrollY');
    expect(scrolled).toBeGreaterThan(900);
    await browser.press('Enter');
    await browser.until(DETAIL);
    expect(await text('.steps')).toMatch(/2 of \d+/);
    await browser.press('j');
    await browser.until('document.querySelector(".steps").innerText.includes("3 of")');
    await browser.press('Escape');
    await browser.until('document.querySelector("article").hidden');
    expect(await browser.evaluate('location.hash')).toBe('#/cells?verdict=fail');
    expect(await browser.evaluate('scrollY')).toBe(scrolled);
    await browser.press('/');
    expect(await browser.evaluate('document.activeElement.id')).toBe('search');
    await browser.press('Escape');
    for (const key of ['j', 'Enter']) await browser.press(key);
    await browser.until('!document.querySelector("article").hidden');
    await browser.press('/');
    expect(await browser.evaluate('[document.activeElement.id, document.querySelector("article").hidden]')).toEqual([
      'search',
      true,
    ]);
    await browser.press('Escape');
    await browser.press('?');
    expect(await count('dialog[open]')).toBe(1);
    await browser.press('Escape');
  });

  test('is light or dark as the system is, unless its button says otherwise', async () => {
    const ground = () => browser.evaluate('getComputedStyle(document.body).backgroundColor');
    await browser.emulate({ 'prefers-color-scheme': 'dark' });
    await browser.open(address, SHOWN);
    expect(await ground()).toBe('rgb(21, 24, 28)');
    await browser.press('t');
    expect(await ground()).toBe('rgb(255, 255, 255)');
    await browser.press('t');
    await browser.emulate({ 'prefers-color-scheme': 'light' });
    expect(await ground()).toBe('rgb(21, 24, 28)');
    await browser.press('t');
    await browser.emulate({ media: 'print', 'prefers-color-scheme': 'dark' });
    expect(await ground()).toBe('rgb(255, 255, 255)');
    await browser.emulate({});
  });

  test.each(['light', 'dark'])('axe-core finds no serious violation, in %s', async (scheme) => {
    await browser.emulate({ 'prefers-color-scheme': scheme });
    for (const [hash, shown] of [
      ['', SHOWN],
      [`#/cell/${encodeURIComponent('made-up/made-up/task-0040/coder-large/codergen/0')}`, DETAIL],
    ] as const) {
      await browser.open(address + hash, shown);
      await browser.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      await browser.evaluate(`${axe.source}; undefined`);
      const { violations, passes } = (await browser.evaluate(
        'axe.run(document).then(({ violations, passes }) => ({ passes: passes.length, violations: violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 200) + failureSummary) })) }))',
      )) as { violations: { impact: string }[]; passes: number };
      expect(passes).toBeGreaterThan(20);
      expect(violations).toEqual([]);
    }
    await browser.emulate({});
  });
});
