import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
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
const BLANK = 'about:blank';
/** Milliseconds. */
const PATIENCE = 30_000;

type Parameters = Readonly<Record<string, unknown>>;
type Send = (method: string, params?: Parameters) => Promise<Record<string, unknown>>;

/** Size of a page in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Headless Chromium with one page, driven through its debugging pipe. */
export class Browser {
  /** What went wrong in the page so far: errors on its console, exceptions, what its policy forbade, requests that failed. */
  readonly problems: string[] = [];
  /** Addresses that the page has asked for, its own included. */
  readonly requests: string[] = [];
  private readonly child: ChildProcess;
  private readonly profile: string;
  private readonly send: Send;
  private readonly size: Size;

  private constructor(child: ChildProcess, profile: string, send: Send, size: Size) {
    this.child = child;
    this.profile = profile;
    this.send = send;
    this.size = size;
  }

  /** Starts `command`, e.g. "chromium". Rejects where there is none. */
  static async start(command: string, size: Size): Promise<Browser> {
    const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
    const { width, height } = size;
    const args = [...FLAGS, `--user-data-dir=${profile}`, `--window-size=${width},${height}`];
    // It leaves its own temporary folders where they are.
    const env = { ...process.env, TMPDIR: profile };
    const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    const listeners = new Map<string, (params: Parameters) => void>();
    const talk = speak(child, listeners);
    const { targetId } = await talk('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await talk('Target.attachToTarget', { targetId, flatten: true });
    const page = new Browser(child, profile, (method, params) => talk(method, params, String(sessionId)), size);
    page.listen(listeners);
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await page.send(`${domain}.enable`);
    await page.resize(size);
    return page;
  }

  /** The page has this size from now on. */
  async resize({ width, height }: Size): Promise<void> {
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
  }

  /** What the page takes its reader's system to be, e.g. { media: 'print' } or { 'prefers-color-scheme': 'dark' }. */
  async emulate({ media = '', ...features }: Readonly<Record<string, string>>): Promise<void> {
    const list = Object.entries(features).map(([name, value]) => ({ name, value }));
    await this.send('Emulation.setEmulatedMedia', { media, features: list });
  }

  /** A script that runs before those of each page. */
  async atEachPage(source: string): Promise<void> {
    await this.send('Page.addScriptToEvaluateOnNewDocument', { source });
  }

  /**
   * Goes to an address and waits until an expression holds there; at most 30 seconds.
   * The document is a new one: the browser answers before it has gone anywhere, so what already holds
   * in the document that is there, as where only the fragment differs, would be taken for the new one's.
   */
  async open(url: string, expression: string): Promise<void> {
    await this.send('Page.navigate', { url: BLANK });
    await this.until(`location.href === "${BLANK}"`);
    await this.send('Page.navigate', { url });
    await this.until(`location.href !== "${BLANK}" && document.body && ${expression}`, url);
  }

  /** Waits until an expression holds in the page; at most 30 seconds. */
  async until(expression: string, where = 'the page'): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while ((await this.evaluate(`Boolean(${expression})`)) !== true) {
      if (Date.now() > deadline) throw new Error(`${where} does not show what it should: ${expression}`);
      await sleep(20);
    }
  }

  /** The value of an expression in the page, awaited; it must be JSON. Throws what it throws. */
  async evaluate(expression: string): Promise<unknown> {
    const options = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = (await this.send('Runtime.evaluate', options)) as {
      result: { value?: unknown };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    };
    if (exceptionDetails === undefined) return result.value;
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  }

  /** Presses a key, e.g. "j" or "Escape", as a reader would. */
  async press(key: string): Promise<void> {
    const text = key.length === 1 ? { text: key } : key === 'Enter' ? { text: '\r' } : {};
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', key, ...KEY_CODES[key], ...text });
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', key, ...KEY_CODES[key] });
  }

  /** Writes a text where the focus is. */
  async type(text: string): Promise<void> {
    await this.send('Input.insertText', { text });
  }

  /** Writes what the window shows, down to `bottom`, to a PNG file. */
  async picture(file: string, bottom: number = this.size.height, width: number = this.size.width): Promise<void> {
    const clip = { x: 0, y: 0, width, height: bottom, scale: 1 };
    const { data } = await this.send('Page.captureScreenshot', {
      format: 'png',
      clip,
      captureBeyondViewport: bottom > this.size.height,
    });
    await writeFile(file, Buffer.from(String(data), 'base64'));
  }

  /** Writes the page as it is printed, a PDF file. */
  async print(file: string): Promise<void> {
    const { data } = await this.send('Page.printToPDF', { printBackground: true, preferCSSPageSize: true });
    await writeFile(file, Buffer.from(String(data), 'base64'));
  }

  async close(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private listen(listeners: Map<string, (params: Parameters) => void>): void {
    const note = (name: string, tell: (params: never) => string | null): void => {
      listeners.set(name, (params) => {
        const problem = tell(params as never);
        if (problem !== null) this.problems.push(problem);
      });
    };
    note('Runtime.exceptionThrown', (params: { exceptionDetails: object }) => JSON.stringify(params.exceptionDetails));
    note('Runtime.consoleAPICalled', (params: { type: string; args: object[] }) =>
      params.type === 'error' || params.type === 'warning' ? JSON.stringify(params.args) : null,
    );
    note('Log.entryAdded', ({ entry }: { entry: { level: string; text: string; url?: string } }) =>
      entry.level === 'error' ? `${entry.text} ${entry.url ?? ''}` : null,
    );
    listeners.set('Network.requestWillBeSent', (params) => {
      this.requests.push((params as { request: { url: string } }).request.url);
    });
  }
}

const KEY_CODES: Readonly<Record<string, object>> = {
  Enter: { windowsVirtualKeyCode: 13 },
  Escape: { windowsVirtualKeyCode: 27 },
  Tab: { windowsVirtualKeyCode: 9 },
  ArrowRight: { windowsVirtualKeyCode: 39 },
  ArrowLeft: { windowsVirtualKeyCode: 37 },
};

type Talk = (method: string, params?: Parameters, sessionId?: string) => Promise<Record<string, unknown>>;

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Parameters;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** The protocol over descriptors 3 (to the browser) and 4 (from it): messages that a zero byte ends. */
function speak(child: ChildProcess, listeners: ReadonlyMap<string, (params: Parameters) => void>): Talk {
  const [toBrowser, fromBrowser] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const waiting = new Map<
    number,
    { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void }
  >();
  let last = 0;
  let rest = '';
  fromBrowser.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const { id, method, params = {}, result = {}, error } = JSON.parse(message) as Answer;
      if (method !== undefined) listeners.get(method)?.(params);
      if (id === undefined) continue;
      const { resolve, reject } = waiting.get(id) ?? {};
      waiting.delete(id);
      if (error === undefined) resolve?.(result);
      else reject?.(new Error(error.message));
    }
  });
  const fail = (why: unknown): void => {
    for (const { reject } of waiting.values()) reject(new Error('Chromium ended', { cause: why }));
    waiting.clear();
  };
  child.once('exit', fail).once('error', fail);
  toBrowser.on('error', fail);
  return (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      toBrowser.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
}
