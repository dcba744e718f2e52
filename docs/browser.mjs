// Headless Chromium, driven through its debugging pipe: messages of the DevTools protocol, each ended by a zero byte.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--remote-debugging-pipe',
];

/** Opens one page of this size in pixels. */
export async function openBrowser(command, { width, height }) {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
  const args = [...FLAGS, `--user-data-dir=${profile}`, `--window-size=${width},${height}`];
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const send = talk(child);
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const page = (method, params = {}) => send(method, params, sessionId);
  await page('Page.enable');
  await page('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
  return {
    /** A script that runs before those of each page. */
    atEachPage: (source) => page('Page.addScriptToEvaluateOnNewDocument', { source }),
    /** Goes to an address and waits until an expression holds there; at most 30 seconds. */
    async open(url, expression) {
      await page('Page.navigate', { url });
      const deadline = Date.now() + 30_000;
      for (;;) {
        const { result } = await page('Runtime.evaluate', { expression: `Boolean(document.body && ${expression})` });
        if (result.value === true) break;
        if (Date.now() > deadline) throw new Error(`${url} does not show what it should: ${expression}`);
        await sleep(200);
      }
      // Frames, pictures and fonts come last.
      await sleep(3_000);
    },
    /** Writes what the window shows, down to `bottom`, to a PNG file. */
    async picture(file, bottom = height) {
      const clip = { x: 0, y: 0, width, height: bottom, scale: 1 };
      const { data } = await page('Page.captureScreenshot', { format: 'png', clip });
      await writeFile(file, Buffer.from(data, 'base64'));
    },
    async close() {
      child.kill('SIGTERM');
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The protocol over descriptors 3 (to the browser) and 4 (from it). */
function talk(child) {
  const [, , , toBrowser, fromBrowser] = child.stdio;
  const waiting = new Map();
  let last = 0;
  let rest = '';
  fromBrowser.setEncoding('utf8').on('data', (text) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages.map((each) => JSON.parse(each))) {
      const { resolve, reject } = waiting.get(message.id) ?? {};
      waiting.delete(message.id);
      if (message.error === undefined) resolve?.(message.result);
      else reject?.(new Error(message.error.message));
    }
  });
  const fail = () => {
    for (const { reject } of waiting.values()) reject(new Error('Chromium ended'));
    waiting.clear();
  };
  child.once('exit', fail).once('error', fail);
  toBrowser.on('error', fail);
  return (method, params, sessionId) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      toBrowser.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
}
