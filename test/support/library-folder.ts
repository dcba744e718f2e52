import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Environment } from '../../infra/environments/environment.js';
import { collect } from '../../infra/knowledge/build.js';
import { parseEntries } from '../../infra/parse/knowledge.js';
import { openBubblewrapSandbox } from '../../infra/sandbox/bubblewrap.js';
import type { Sandbox } from '../../infra/sandbox/sandbox.js';
import { openBlobStore } from '../../infra/store/blobs.js';
import { sha256 } from '../../infra/store/digest.js';
import { ensureTool } from '../../infra/tools/tool.js';
import { sharedHome } from './embedded-home.js';

/** A virtual environment below `folder` with packages written for a test: path below its packages to text. Returns its interpreter. */
export function libraryFolder(folder: string, files: Readonly<Record<string, string>>): string {
  const root = join(folder, 'python');
  execFileSync('python3', ['-m', 'venv', '--without-pip', root]);
  const version = readdirSync(join(root, 'lib'))[0] ?? '';
  for (const [file, text] of Object.entries(files)) {
    const path = join(root, 'lib', version, 'site-packages', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return join(root, 'bin', 'python');
}

/** An environment with these packages, as its file would describe it. */
export function environmentWith(packages: readonly string[]): Environment {
  const importSets = [{ name: 'own', when: packages, modules: [] }];
  const digest = sha256(packages.join(' ')).slice(0, 12);
  return { name: 'own', description: '', python: '>=3.10', disk: null, lock: null, variables: {}, importSets, digest };
}

/** Collects what these packages hold in the real sandbox; also which libraries were crawled for it. */
export async function collectIn(home: string, python: string, packages: readonly string[]) {
  const crawled: string[] = [];
  const environment = environmentWith(packages);
  let sandbox: Promise<Sandbox> | null = null;
  const open = async (): Promise<Sandbox> => {
    const bwrapPath = await ensureTool('bwrap', { home: sharedHome() });
    const { importSets, variables } = environment;
    return openBubblewrapSandbox({ bwrapPath, python, slots: 1, importSets, variables });
  };
  const deps = {
    home,
    blobs: openBlobStore(home),
    interpreter: '',
    sandbox: () => (sandbox ??= open()),
    onLibrary: (name: string) => void crawled.push(name),
  };
  try {
    const { digest, texts, file } = await collect(environment, deps, new AbortController().signal);
    return { digest, crawled, entries: texts.flatMap(parseEntries), file };
  } finally {
    await (await (sandbox as Promise<Sandbox> | null))?.close();
  }
}
