import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { packagePath } from '../../infra/package-path.js';

/** A function of the project that runs in a process of its own. */
export interface ChildCall {
  readonly child: ChildProcess;
  /** What the function returned; rejects with the child's stderr if it threw or was killed. */
  readonly result: Promise<unknown>;
}

/** Calls an exported function of a source file, e.g. ('infra/lock.ts', 'acquireLock', ['name']), in a new process. */
export function callInChild(
  file: string,
  name: string,
  args: readonly unknown[],
  options: { readonly stay?: boolean; readonly env?: Readonly<Record<string, string | undefined>> } = {},
): ChildCall {
  const script = packagePath('test/support/call-child.ts');
  const url = pathToFileURL(packagePath(file)).href;
  const loader = pathToFileURL(packagePath('test/support/register-typescript.mjs')).href;
  const then = options.stay === true ? ['stay'] : [];
  const child = spawn(process.execPath, ['--import', loader, script, url, name, JSON.stringify(args), ...then], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: options.env ?? process.env,
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const line = once(createInterface({ input: child.stdout }), 'line').then(
    ([text]) => JSON.parse(text as string) as unknown,
  );
  const ended = once(child, 'close').then(() => Promise.reject(new Error(stderr || 'ended without a result')));
  const result = Promise.race([line, ended]);
  // A test may look at the result late, or never.
  result.catch(() => undefined);
  ended.catch(() => undefined);
  return { child, result };
}
