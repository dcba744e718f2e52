import { packagePath } from '../../infra/package-path.js';
import type { SandboxJob } from '../../infra/sandbox/sandbox.js';

/** Opens a sandbox from the compiled package, runs the jobs it is given and prints their reports. */
const SCRIPT = `
const [path, opener, options, jobs] = process.argv.slice(1);
const { [opener]: open } = await import(path);
const sandbox = open(JSON.parse(options));
console.log(JSON.stringify(await Promise.all(JSON.parse(jobs).map((job) => sandbox.run(job)))));
await sandbox.close();
`;
const OPENERS = { bubblewrap: 'openBubblewrapSandbox', docker: 'openDockerSandbox' };

/** Node's arguments for a process that runs jobs in a sandbox of its own. */
export function sandboxScript(
  backend: keyof typeof OPENERS,
  options: object,
  jobs: readonly SandboxJob[],
): readonly string[] {
  const path = packagePath(`dist/infra/sandbox/${backend}.js`);
  return ['--input-type=module', '-e', SCRIPT, path, OPENERS[backend], JSON.stringify(options), JSON.stringify(jobs)];
}
