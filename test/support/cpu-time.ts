import { readFileSync } from 'node:fs';

/**
 * Processor time of this thread so far, in milliseconds. What is said of speed in a test is said with it: beside sandboxes that want
 * every core the clock runs up to eight times as far. `process.cpuUsage` counts the other threads, too.
 */
export function threadCpuMs(): number {
  const [nanoseconds] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ');
  return Number(nanoseconds) / 1e6;
}

/** Processor time of this thread while something was done, in milliseconds. */
export function cpuTimeOf(work: () => unknown): number {
  const before = threadCpuMs();
  work();
  return threadCpuMs() - before;
}
