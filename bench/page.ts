import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeHtmlReport } from '../cli/html-report.js';
import { Browser } from '../test/support/browser.js';
import { findChromium } from '../test/support/chromium.js';
import { MADE_UP, writeMadeUpSweep } from '../test/support/report-sweep.js';

const ROUNDS = 5;
const GOAL = { bytes: 3e6, milliseconds: 1_000 };
/** The table of cells is drawn last; by then two frames have been painted. */
const DRAWN = `(async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  return document.querySelector('#cells tbody tr') === null ? null : performance.now();
})()`;

/** Writes a report's page of so many cells, and measures its size and how long it takes to open from disk. False if a goal is missed. */
export async function benchPage(cells: number): Promise<boolean> {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const chromium = findChromium();
  if (chromium === null) return false;
  const home = await mkdtemp(join(tmpdir(), 'aicodereval-bench-page-'));
  const arms = MADE_UP.models.length * MADE_UP.strategies.length;
  await writeMadeUpSweep(home, { ...MADE_UP, tasks: Math.ceil(cells / arms) });
  const began = Date.now();
  const written = await writeHtmlReport({ home, sweep: MADE_UP.name, file: null, isSingle: false, ui: null });
  const seconds = ((Date.now() - began) / 1_000).toFixed(1);
  say(
    `${written.cells} cells: written in ${seconds} s, ${(written.bytes / 1e6).toFixed(2)} MB and ${written.details} files`,
  );
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const browser = await Browser.start(chromium, { width: 1_280, height: 900 });
    await browser.open(pathToFileURL(written.file).href, 'document.readyState === "complete"');
    times.push(Number(await browser.evaluate(DRAWN)));
    await browser.close();
  }
  await rm(home, { recursive: true, force: true });
  times.sort((a, b) => a - b);
  say(`opened and drawn after ${times.map((time) => time.toFixed(0)).join(', ')} ms`);
  return written.bytes < GOAL.bytes && (times[Math.floor(ROUNDS / 2)] ?? Infinity) < GOAL.milliseconds;
}
