import { readFileSync } from 'node:fs';

/** Below this share of the machine's memory nothing more is started beside what runs. */
const RESERVE = 0.1;

/** Milliseconds for which a look is good: to ask before each of many small programs would cost more than it tells. */
const LOOK_MS = 20;
let last = { at: Number.NEGATIVE_INFINITY, isShort: false };

/** Whether less than a tenth of the machine's memory is to be had, by what the kernel says could be given back. */
export function isMemoryShort(): boolean {
  const now = performance.now();
  if (now - last.at >= LOOK_MS) last = { at: now, isShort: look() };
  return last.isShort;
}

function look(): boolean {
  const text = readFileSync('/proc/meminfo', 'latin1');
  return kilobytes(text, 'MemAvailable') < RESERVE * kilobytes(text, 'MemTotal');
}

function kilobytes(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
}
