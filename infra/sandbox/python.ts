import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Failure } from '../../domain/failures.js';
import { parsePythonFacts, type PythonFacts } from '../parse/runner-message.js';

const execute = promisify(execFile);

/** The oldest version that the runner is written for. */
export const OLDEST = [3, 10] as const;
const PROBE = [
  'import json, os, sys',
  'prefixes = {sys.base_prefix, *(os.path.realpath(p) for p in (sys.base_prefix, sys.base_exec_prefix))}',
  'environment = sys.prefix if sys.prefix != sys.base_prefix else None',
  'facts = {"executable": sys.executable, "environment": environment, "version": sys.version_info[:2]}',
  'print(json.dumps({**facts, "prefixes": sorted(prefixes)}))',
].join('\n');

/**
 * Where an interpreter really is, behind links and launchers such as those of version managers.
 * Throws `SandboxUnavailable` if it can't be run or is older than Python 3.10.
 */
export async function probePython(command: string): Promise<PythonFacts> {
  const { stdout } = await execute(command, ['-I', '-c', PROBE]).catch((cause: unknown) => {
    throw new Failure('SandboxUnavailable', `Python can't be run as "${command}"`, { cause });
  });
  const facts = parsePythonFacts(stdout);
  if (facts === null) throw new Failure('SandboxUnavailable', `"${command}" does not answer as Python does`);
  const [major, minor] = facts.version;
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    const wanted = `Python ${OLDEST.join('.')} or newer is needed`;
    throw new Failure('SandboxUnavailable', `"${command}" is Python ${major}.${minor}: ${wanted}`);
  }
  return facts;
}
