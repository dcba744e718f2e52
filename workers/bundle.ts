import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';
import { packagePath } from '../infra/package-path.js';

const BUNDLE = 'dist/workflow-bundle.js';

/** The workflows' code as the build left it: bundling again would cost each worker seconds. */
export async function readBundle(): Promise<WorkflowBundle> {
  return { code: await readFile(packagePath(BUNDLE), 'utf8') };
}

async function build(): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: packagePath('dist/workflows/index.js'),
    logger: {
      log() {},
      trace() {},
      debug() {},
      info() {},
      warn() {},
      error: (message) => process.stderr.write(`${message}\n`),
    },
  });
  const path = packagePath(BUNDLE);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
}

if (process.argv[1] === packagePath('dist/workers/bundle.js')) await build();
