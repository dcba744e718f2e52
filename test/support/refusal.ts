import { expect } from '@jest/globals';
import type { Ended } from './cli.js';

/** One clear message: what, perhaps why, and what to do; no trace of our own code. */
export function expectRefusal({ code, stdout, stderr }: Ended, exitCode: number, ...parts: readonly string[]): void {
  expect(stderr).toMatch(/^error: .+/m);
  for (const part of parts) expect(stderr).toContain(part);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).not.toContain('fault of aicodereval');
  expect(stdout).toBe('');
  expect(code).toBe(exitCode);
}
