import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CellResult } from '../../domain/cell.js';
import { type Journal, openJournal } from '../../infra/store/journal.js';
import type { PageData } from '../../report/page/data.js';
import type { DetailPart } from '../../report/page/detail.js';
import { Browser } from '../support/browser.js';
import { findChromium } from '../support/chromium.js';
import { type Running, runCli, startCli, until } from '../support/cli.js';
import { MADE_UP, writeMadeUpSweep } from '../support/report-sweep.js';

const chromium = findChromium();
const home = mkdtempSync(join(tmpdir(), 'aicodereval-watch-'));
/** Nothing is asked of it: pages link to what its UI shows. */
const CLUSTER = { TEMPORAL_ADDRESS: '127.0.0.1:9', TEMPORAL_NAMESPACE: 'team.abc' };
let results: CellResult[] = [];
let journal: Journal;
let command: Running;
let url = '';

/** A sweep that is planned, of which no cell has ended. */
beforeAll(async () => {
  results = await writeMadeUpSweep(home, { ...MADE_UP, name: 'growing' });
  for (const table of ['cells', 'attempts']) rmSync(join(home, `sweeps/growing/${table}-00000.arrow`));
  journal = await openJournal(home, 'growing', 'worker');
  const args = ['report', 'growing', '--watch', '--home', home, '--json', '--temporal-ui', 'http://127.0.0.1:8233/'];
  command = startCli(args, { env: CLUSTER });
  let said = '';
  command.child.stdout?.on('data', (text: string) => (said += text));
  await until('the server has an address', () => said.endsWith('\n'));
  ({ url } = JSON.parse(said) as { url: string });
}, 120_000);

afterAll(async () => {
  await journal.close();
  command.child.kill('SIGINT');
  await command.ended;
  rmSync(home, { recursive: true, force: true });
});

const finish = async (from: number, to: number): Promise<void> => {
  for (const result of results.slice(from, to)) await journal.append(result);
};
const data = async (): Promise<PageData> => (await (await fetch(`${url}data`)).json()) as PageData;

test('a sweep is served as it grows, this machine alone may ask, and only for what there is', async () => {
  expect((await data()).sweep).toMatchObject({ finished: 0, planned: 200 });
  await finish(0, 30);
  await until('the cells that ended are served', async () => (await data()).sweep.finished === 30);
  const tag = (await fetch(`${url}data`)).headers.get('etag') ?? '';
  expect((await fetch(`${url}data`, { headers: { 'If-None-Match': tag } })).status).toBe(304);
  const id = results[3]?.cell.cellId ?? '';
  const part = (await (await fetch(`${url}cell?id=${encodeURIComponent(id)}`)).json()) as DetailPart;
  expect(part.cells.map((cell) => cell.id)).toEqual([id]);
  expect(part.texts.length).toBeGreaterThan(3);
  const page = await fetch(url);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('http://127.0.0.1:8233/namespaces/team.abc/workflows/');
  const notFound = await Promise.all([fetch(`${url}cell?id=other`), fetch(`${url}../../etc/passwd`)]);
  expect(notFound.map(({ status }) => status)).toEqual([404, 404]);
  expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  expect(await statusFor('rebound.example')).toBe(403);
});

/** What a page of another name that leads here would be answered. */
function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}data`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.once('error', reject).end();
  });
}

/** What a reader does with the charts: none of it as they are at first. */
const CHOOSE = `(() => {
  for (const way of ['#cost [value=time]', '#kinds [value=library]']) document.querySelector(way).click();
  const list = document.getElementById('flow-arm');
  list.value = [...list.options].find((each) => !each.selected).value;
  list.dispatchEvent(new Event('change'));
  document.querySelector('#scores details').open = true;
  document.querySelector('#cost [value=time]').focus();
})()`;
const CHOSEN = `({
  ways: [...document.querySelectorAll('#cost input:checked, #kinds input:checked')].map((each) => each.value),
  axis: document.querySelector('#cost svg .title').textContent,
  strategy: document.getElementById('flow-arm').selectedOptions[0].text,
  isOpen: document.querySelector('#scores details').open,
  focus: document.activeElement.value,
  marked: document.querySelector('tr.marked a').getAttribute('href'),
})`;

(chromium === null ? test.skip : test)(
  'the open page follows, and keeps what its reader chose',
  async () => {
    const browser = await Browser.start(chromium ?? '', { width: 1_000, height: 800 });
    try {
      await browser.open(`${url}#/cells?model=coder-large&sort=-tokens`, 'document.querySelector("#cells tbody tr")');
      const before = String(await browser.evaluate('document.querySelector(".count").innerText'));
      await browser.evaluate(CHOOSE);
      await browser.press('j');
      await browser.press('j');
      const chosen = (await browser.evaluate(CHOSEN)) as Record<string, unknown>;
      expect(chosen).toMatchObject({ ways: ['time', 'library'], axis: 'time a cell', isOpen: true, focus: 'time' });
      await finish(30, 200);
      await browser.until(`document.querySelector('.live').innerText === 'all cells have ended'`);
      expect(await browser.evaluate('document.querySelector(".count").innerText')).not.toBe(before);
      expect(await browser.evaluate('document.querySelector(".count").innerText')).toMatch(/^100 of 200 cells/);
      expect(await browser.evaluate('location.hash')).toBe('#/cells?model=coder-large&sort=-tokens');
      expect(await browser.evaluate(CHOSEN)).toEqual(chosen);
      await browser.press('Enter');
      await browser.until('document.querySelector(".detail .attempt")');
      expect(await browser.evaluate('location.hash')).toBe(chosen['marked']);
      expect(await browser.evaluate('document.querySelector(".ids a:last-child").href')).toMatch(
        /^http:\/\/127\.0\.0\.1:8233\/namespaces\/team\.abc\/workflows\/growing%2Fmade-up%2F/,
      );
      expect(browser.problems).toEqual([]);
      expect(new Set(browser.requests.map((each) => new URL(each).origin))).toEqual(new Set([new URL(url).origin]));
    } finally {
      await browser.close();
    }
  },
  90_000,
);

test.each([
  ['the namespace of a cluster', CLUSTER, 'team.abc'],
  ['that of an embedded server', {}, 'default'],
])('a page that is written links into %s', async (_, env, namespace) => {
  await finish(0, 1);
  const file = join(home, `${namespace}.html`);
  const args = ['report', 'growing', '--home', home, '--html', file, '--temporal-ui', 'http://127.0.0.1:8233'];
  expect(await runCli(args, { env })).toMatchObject({ code: 0, stderr: '' });
  expect(readFileSync(file, 'utf8')).toContain(`"http://127.0.0.1:8233/namespaces/${namespace}/workflows/"`);
});

test.each([
  [['--html', '--watch'], 'choose'],
  [['--single-file'], '--single-file needs --html'],
  [['--html', '--temporal-ui', 'javascript:alert(1)'], 'is not the address of a web page'],
  [['--watch', '--port', 'x'], '--port must be a whole number from 0 to 65535, not "x"'],
  [['--watch', '--port', '70000'], '--port must be a whole number from 0 to 65535, not "70000"'],
  [['--port', '8080'], '--port needs --watch'],
  [['--html', '--port', '8080'], '--port needs --watch'],
])('%j is refused', async (flags, message) => {
  const { code, stderr, stdout } = await runCli(['report', 'growing', '--home', home, ...flags]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});
