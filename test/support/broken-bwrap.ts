import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The PATH with a bubblewrap in front, in a new folder of the home, that does not start: it lacks a library. */
export function pathWithBrokenBwrap(home: string): string {
  const bin = join(home, 'bin');
  mkdirSync(bin);
  const broken = '#!/bin/sh\n[ "$1" = --version ] && exec echo bubblewrap 9.9\necho libcap is missing >&2\nexit 127\n';
  writeFileSync(join(bin, 'bwrap'), broken);
  chmodSync(join(bin, 'bwrap'), 0o755);
  return `${bin}:${process.env['PATH']}`;
}
