// Takes the pictures of the report's page in docs/img. Needs Chromium and `npm run build`; the sweep is made up.
// Usage: node docs/take-report-pictures.mjs [--out DIR]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { writeHtmlReport } from '../dist/cli/html-report.js';
import { Browser } from '../dist/test/support/browser.js';
import { findChromium } from '../dist/test/support/chromium.js';
import { MADE_UP, writeMadeUpSweep } from '../dist/test/support/report-sweep.js';

const SHOWN = 'document.querySelector("#cells tbody tr")';
const CELL = `#/cell/${encodeURIComponent('made-up/made-up/task-0040/coder-large/codergen/0')}`;

const { values } = parseArgs({
  options: { out: { type: 'string', default: fileURLToPath(new URL('img', import.meta.url)) } },
});
const home = await mkdtemp(join(tmpdir(), 'aicodereval-pictures-'));
await writeMadeUpSweep(home, { ...MADE_UP, tasks: 164 });
const { file } = await writeHtmlReport({ home, sweep: MADE_UP.name, file: null, isSingle: false, ui: null });
const browser = await Browser.start(findChromium() ?? 'chromium', { width: 1280, height: 1400 });
try {
  const address = pathToFileURL(file).href;
  await browser.open(address, SHOWN);
  await browser.picture(join(values.out, 'report.png'));
  await browser.emulate({ 'prefers-color-scheme': 'dark' });
  await browser.open(`${address}${CELL}`, 'document.querySelector(".detail .attempt")');
  await browser.picture(join(values.out, 'report-cell.png'), 1180);
} finally {
  await browser.close();
  await rm(home, { recursive: true, force: true });
}
