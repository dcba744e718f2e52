import type { ChildProcess } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { ensureFolder, hasCode, listFolder } from './fs.js';
import type { Logger } from './log.js';
import { spawnBound } from './processes.js';

/** How long the logs of a home may become. */
interface LogBounds {
  /** A log that has reached this size is moved to a file of its own. */
  readonly maxBytes: number;
  /** As many of these are kept of each log. */
  readonly kept: number;
}

const LOG_BOUNDS: LogBounds = { maxBytes: 10 * 2 ** 20, kept: 4 };

const CHECK_EVERY_MS = 10_000;
const CHUNK_BYTES = 2 ** 20;
const LOG_NAME = /^(?<name>[a-z-]+)\.log$/;

const logsFolder = (home: string): string => join(home, 'logs');

/** What is started, and the log that takes what it writes. */
interface LoggedProcess {
  readonly home: string;
  /** The log is `<home>/logs/<name>.log`. */
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
}

/**
 * Starts a process that can't outlive this one and appends what it writes to a log. It has a session of its own: Ctrl-C
 * reaches the command alone, which then ends its children in order.
 */
export async function spawnLogged(command: string, { home, name, args, env }: LoggedProcess): Promise<ChildProcess> {
  await ensureFolder(logsFolder(home));
  const out = openSync(join(logsFolder(home), `${name}.log`), 'a');
  try {
    return spawnBound(command, args, { env, stdio: ['ignore', out, out], detached: true });
  } finally {
    closeSync(out);
  }
}

/** Bounds a home's logs now and every ten seconds, until the returned function is called. One process of a home at a time. */
export async function keepLogsBounded(home: string, log: Logger): Promise<() => void> {
  const check = (): Promise<void> =>
    boundLogs(home).catch((error: unknown) => log.warn({ error }, 'a log file can’t be bounded'));
  await check();
  const timer = setInterval(() => void check(), CHECK_EVERY_MS).unref();
  return () => clearInterval(timer);
}

/**
 * Moves the lines of each log that is too long to `<name>.1.log`, and older ones one further. Those who write to a log go
 * on with the same file, which is emptied: so it has to be open for appending. Throws the system's own error.
 */
export async function boundLogs(home: string, bounds = LOG_BOUNDS): Promise<void> {
  for (const entry of await listFolder(logsFolder(home))) {
    const name = LOG_NAME.exec(entry.name)?.groups?.['name'];
    if (name !== undefined) boundLog(join(logsFolder(home), name), bounds);
  }
}

function boundLog(stem: string, { maxBytes, kept }: LogBounds): void {
  const path = `${stem}.log`;
  const { size } = statSync(path);
  if (size < maxBytes) return;
  const temp = `${path}.tmp`;
  const from = openSync(path, 'r+');
  const to = openSync(temp, 'w+');
  try {
    const end = copyRest(from, to, lineAfter(from, size - maxBytes));
    const nameOf = (age: number): string => (age === 0 ? temp : `${stem}.${age}.log`);
    for (let age = kept; age > 0; age -= 1) moveIfThere(nameOf(age - 1), nameOf(age));
    // Without a pause between these: what is written after the one and before the other is lost.
    copyRest(from, to, end);
    ftruncateSync(from, 0);
    dropBrokenLine(to);
  } finally {
    closeSync(from);
    closeSync(to);
    rmSync(temp, { force: true });
  }
}

/** Where the first line begins that begins at this place of a file or after it; this place itself if none soon does. */
function lineAfter(file: number, place: number): number {
  if (place === 0) return 0;
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const count = readSync(file, chunk, 0, CHUNK_BYTES, place - 1);
  return place + Math.max(0, chunk.subarray(0, count).indexOf(10));
}

/** Appends what stands from `start` on to another file. Returns where it ended. */
function copyRest(from: number, to: number, start: number): number {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let at = start;
  for (let count = -1; count !== 0; at += count) {
    count = readSync(from, chunk, 0, CHUNK_BYTES, at);
    writeSync(to, chunk, 0, count);
  }
  return at;
}

/** A line that was being written may have been read in part: it is among those that are lost, and does not run into the next. */
function dropBrokenLine(file: number): void {
  const { size } = fstatSync(file);
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, size));
  readSync(file, chunk, 0, chunk.length, size - chunk.length);
  const lineEnd = chunk.lastIndexOf(10);
  if (lineEnd !== -1) ftruncateSync(file, size - chunk.length + lineEnd + 1);
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}
