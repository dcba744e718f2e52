import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeHtmlReport } from '../../cli/html-report.js';
import { Browser } from '../support/browser.js';
import { findChromium } from '../support/chromium.js';
import { HOSTILE } from '../support/hostile-texts.js';
import { MADE_UP, writeMadeUpSweep } from '../support/report-sweep.js';

const chromium = findChromium();
const home = mkdtempSync(join(tmpdir(), 'aicodereval-hostile-'));
const SHOWN = 'document.querySelector("#cells tbody tr")';
/** The last line of a cell's details, also of one that nothing was generated for. */
const DETAIL = 'document.querySelector(".detail")?.innerText.includes("grading")';
const ALL = Object.values(HOSTILE).join(' ');
let browser: Browser;

const addressOf = (name: string): string => pathToFileURL(join(home, `sweeps/${name}/report.html`)).href;

async function write(name: string, tasks: number, say: (text: string) => string, isSingle = false): Promise<void> {
  await writeMadeUpSweep(home, { ...MADE_UP, name, tasks, say });
  const ui = { url: 'http://127.0.0.1:8233', namespace: 'default' };
  await writeHtmlReport({ home, sweep: name, file: null, isSingle, ui });
}

beforeAll(async () => {
  await write('hostile', 4, (text) => text + ALL);
  await write('hostile-single', 4, (text) => text + ALL, true);
  if (chromium === null) return;
  browser = await Browser.start(chromium, { width: 1_280, height: 900 });
  await browser.atEachPage('window.hits = 0; window.hit = () => { window.hits += 1; };');
}, 120_000);

afterAll(async () => {
  if (chromium !== null) await browser.close();
  rmSync(home, { recursive: true, force: true });
});

/** Opens what can be opened and points at what can be pointed at. */
const EXPLORE = `(async () => {
  for (const each of document.querySelectorAll('details')) each.open = true;
  for (const each of document.querySelectorAll('button.more, button.fold')) each.click();
  for (const each of document.querySelectorAll('svg *, a, .gain')) {
    each.dispatchEvent(new PointerEvent('pointermove', { clientX: 9, clientY: 9, bubbles: true }));
    each.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
})()`;

/** What a page may hold, whatever its texts are. */
async function expectTame(): Promise<void> {
  const found = await browser.evaluate(`({
    hits,
    elements: document.querySelectorAll('img, iframe, object, embed, base, form:not([method=dialog]), style ~ style').length,
    handlers: [...document.querySelectorAll('*')].flatMap((each) => [...each.attributes]).filter(({ name }) => name.startsWith('on')).length,
    links: [...document.querySelectorAll('a')].map((each) => each.getAttribute('href')).filter((href) => !/^(#|http:\\/\\/127\\.0\\.0\\.1:8233\\/)/.test(href)),
    hidden: /[\\0\\u202A-\\u202E\\u2066-\\u2069\\u200B\\uFEFF]/.test(document.body.innerText),
  })`);
  expect(found).toEqual({ hits: 0, elements: 0, handlers: 0, links: [], hidden: false });
  expect(browser.problems.splice(0)).toEqual([]);
}

(chromium === null ? describe.skip : describe)('texts that would be more than texts', () => {
  test.each(['hostile', 'hostile-single'])(
    'stay texts in every field: %s',
    async (name) => {
      await browser.open(addressOf(name), SHOWN);
      await browser.evaluate(EXPLORE);
      await expectTame();
      const shown = String(await browser.evaluate('document.body.innerText'));
      for (const part of ['<script>hit()</script>', 'javascript:hit()', '&lt;script&gt;', '⟨U+202E⟩', '⟨U+0000⟩', '😀'])
        expect(shown).toContain(part);
      const links = (await browser.evaluate(
        `[...document.querySelectorAll('#cells tbody a')].map((each) => each.getAttribute('href')).filter((_, at) => at % 7 === 0)`,
      )) as string[];
      expect(links.length).toBeGreaterThan(3);
      for (const link of links) {
        await browser.evaluate(`location.hash = ${JSON.stringify(link)}`);
        await browser.until(`${DETAIL} && !document.querySelector('article').hidden`);
        const rounds = Number(await browser.evaluate('document.querySelectorAll(".rail li").length'));
        for (let round = 1; round <= Math.max(1, rounds); round += 1) {
          await browser.press(String(round));
          await browser.until(
            `${rounds} < 2 || document.querySelector('.rail [aria-current]').innerText.includes('Round ${round}')`,
          );
          await browser.evaluate(EXPLORE);
          await expectTame();
        }
      }
      expect(await browser.evaluate('document.querySelector(".code").innerText')).toContain(
        '</script><script>hit()</script><!--',
      );
    },
    120_000,
  );

  test('choose their own cells where they are names', async () => {
    await browser.open(addressOf('hostile'), SHOWN);
    const chosen = await browser.evaluate(`(async () => {
      const counts = [];
      for (const id of ['filter-model', 'filter-strategy', 'filter-domain', 'filter-library']) {
        location.hash = '#/cells';
        await new Promise((resolve) => setTimeout(resolve, 50));
        const list = document.getElementById(id);
        list.value = '1';
        list.dispatchEvent(new Event('change'));
        await new Promise((resolve) => setTimeout(resolve, 50));
        counts.push(document.querySelectorAll('#cells tbody tr').length);
      }
      return counts;
    })()`);
    for (const count of chosen as number[]) {
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThan(40);
    }
    await expectTame();
  });

  test('of a million letters in a line, in every field, leave a page that opens and scrolls in one direction', async () => {
    const long = 'x'.repeat(1 << 20);
    // Ids of cells are at most 200 letters long, as Temporal wants them.
    const say = (text: string): string => (text.startsWith('long/') ? text : text + long);
    const strategies = MADE_UP.strategies.slice(2, 4);
    await writeMadeUpSweep(home, { ...MADE_UP, name: 'long', tasks: 2, models: ['m'], strategies, say });
    await writeHtmlReport({ home, sweep: 'long', file: null, isSingle: false, ui: null });
    await browser.open(addressOf('long'), SHOWN);
    const width = 'document.documentElement.scrollWidth - innerWidth';
    expect(await browser.evaluate(width)).toBeLessThanOrEqual(0);
    await browser.evaluate('document.querySelector("#cells tbody tr").click()');
    await browser.until(DETAIL);
    expect(await browser.evaluate(width)).toBeLessThanOrEqual(0);
    expect(await browser.evaluate('document.querySelector(".code").innerText')).toContain('more characters');
    await expectTame();
  }, 120_000);

  test('that had become markup after all would not run: the page forbids it', async () => {
    const file = join(home, 'sweeps/hostile/escaped.html');
    const escaped =
      '<img src=x onerror=hit()><script>hit()</script><a href="javascript:hit()" id=trap>x</a><svg onload=hit()></svg>';
    writeFileSync(
      file,
      readFileSync(join(home, 'sweeps/hostile/report.html'), 'utf8').replace('<noscript>', `${escaped}<noscript>`),
    );
    await browser.open(pathToFileURL(file).href, SHOWN);
    await browser.evaluate('document.getElementById("trap").click()');
    const thrown = await browser.evaluate(
      `(() => { try { document.body.innerHTML = '<img src=x onerror=hit()>'; return 'nothing'; } catch (error) { return error.name; } })()`,
    );
    expect(thrown).toBe('TypeError');
    expect(await browser.evaluate('hits')).toBe(0);
    expect(
      browser.problems.splice(0).filter((problem) => problem.includes('Content Security Policy')).length,
    ).toBeGreaterThanOrEqual(3);
  });
});
