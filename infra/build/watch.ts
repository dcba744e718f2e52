import { readFile } from 'node:fs/promises';
import { futureFirst } from '../../domain/extract-candidate.js';
import type { TestReport } from '../../domain/test-report.js';
import { packagePath } from '../package-path.js';

/** What a program was seen to reach for that lies outside of it. */
interface Reached {
  readonly kind: 'network' | 'process' | 'file';
  /** Python's own event and its first argument, e.g. "open /etc/passwd". */
  readonly what: string;
}

/** A program, or a test, that ends as soon as its own code reaches outside, and says so. */
export async function watched(source: string): Promise<string> {
  return futureFirst(`${await readFile(packagePath('infra/build/watch.py'), 'utf8')}\n\n${source}`);
}

/** What the run of a watched program told; null for nothing. */
export function reached({ stdout, stderr, exception }: TestReport): Reached | null {
  const told = [stderr.text, exception?.message ?? '', stdout.text].join('\n');
  const [, kind, what = ''] = /reaches-outside: (network|process|file): ([^\n]*)/.exec(told) ?? [];
  return kind === undefined ? null : { kind: kind as Reached['kind'], what };
}
