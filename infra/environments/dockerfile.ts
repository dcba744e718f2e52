import type { Environment } from './environment.js';

/** A Dockerfile (BuildKit) for the image that `imageOf` names: Python and just what the lock holds, by its hashes. */
export function dockerfileOf({ python, lock }: Environment): string {
  const version = /\d+\.\d+/.exec(python)?.[0] ?? '3';
  const lines = [`FROM python:${lock === null ? '3.11' : version}-slim-bookworm`, 'LABEL aicodereval=1'];
  if (lock !== null) {
    lines.push("COPY <<'LOCK' /tmp/requirements.lock", lock.trimEnd(), 'LOCK');
    lines.push('RUN pip install --no-cache-dir --no-deps --require-hashes --requirement /tmp/requirements.lock');
  }
  return `${lines.join('\n')}\n`;
}
