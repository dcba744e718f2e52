import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Failure } from '../../domain/failures.js';
import { packagePath } from '../package-path.js';
import { parseLlamaReady, type LlamaReady } from '../parse/llama-ready.js';
import { spawnBound } from '../processes.js';

/** What one llama.cpp server is started with. */
export interface LlamaOptions {
  /** Path of a GGUF file. */
  readonly weights: string;
  /** Folder that holds the Python package xllamacpp. */
  readonly pythonPath: string;
  /** Requests answered at the same time. */
  readonly slots: number;
  /** The whole environment of the child: no keys, please. */
  readonly env: Readonly<Record<string, string>>;
}

/** A running server. */
export interface LlamaServer {
  readonly ready: LlamaReady;
  /** Settles when the process has ended, however it did. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const CONTEXT_TOKENS = 8_192;
const KEPT_CHARS = 2_000;

/**
 * Starts llama.cpp's server as a child that can't outlive this process, and waits until it answers.
 * Throws `ModelUnavailable` with the end of what it wrote if it ends before that.
 */
export async function startLlamaServer(options: LlamaOptions): Promise<LlamaServer> {
  const { weights, slots, env, pythonPath } = options;
  const numbers = [slots, CONTEXT_TOKENS, availableParallelism()].map(String);
  const child = spawnBound('python3', [packagePath('infra/models/llama_server.py'), weights, ...numbers], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Threads that wait must sleep: spinning ones starve as soon as the sandbox uses a core too. Measured on 2 cores, in
    // tokens a second, spinning against sleeping: idle 15 and 13, beside one busy process 2.8 and 8.3, beside two 1.3 and 6.
    env: { ...env, PYTHONPATH: pythonPath, OMP_WAIT_POLICY: 'passive' },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  // Its stdin is closed by our end, or by our death.
  child.stdin?.on('error', () => child.kill('SIGKILL'));
  const tail = keepTail(child.stderr);
  const ready = await Promise.race([firstLine(child), ended.then(() => null)]);
  if (ready === null)
    throw new Failure('ModelUnavailable', `The embedded model server did not start: ${explain(tail())}`);
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { ready, ended, stop };
}

/** Reads to the end, so that the child never blocks on a full pipe. */
function keepTail(stream: Readable | null): () => string {
  let tail = '';
  stream?.setEncoding('utf8').on('data', (text: string) => (tail = (tail + text).slice(-KEPT_CHARS)));
  return () => tail.trim().replaceAll(/\s*\n\s*/g, ' | ');
}

/** The one system library that the wheel expects and a bare machine may lack. */
function explain(stderr: string): string {
  return stderr.includes('libgomp') ? `${stderr}. Install it: apt install libgomp1` : stderr;
}

function firstLine(child: ChildProcess): Promise<LlamaReady> {
  return new Promise((resolve) => {
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const ready = parseLlamaReady(line);
      if (ready !== null) resolve(ready);
    });
  });
}
