import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { packagePath } from '../../infra/package-path.js';

const execute = promisify(execFile);

/** User and group id of "nobody". */
export const NOBODY = 65_534;

const PROBE = 'test -r "$0" && exec /usr/bin/python3 -c "import sys; sys.exit(sys.version_info < (3, 10))"';

/** Root can try things as "nobody", who must be able to read this folder; other users run all tests as themselves. */
export const canBeNobody = await execute('setpriv', [
  ...identity(NOBODY),
  'sh',
  '-c',
  PROBE,
  packagePath('dist/infra'),
]).then(
  () => true,
  () => false,
);

/** Runs Node as "nobody", in a group. */
export function runAsNobody(args: readonly string[], group = NOBODY): Promise<{ stdout: string; stderr: string }> {
  return execute('setpriv', [...identity(group), process.execPath, ...args], { cwd: '/' });
}

function identity(group: number): string[] {
  return [`--reuid=${NOBODY}`, `--regid=${group}`, '--clear-groups'];
}
