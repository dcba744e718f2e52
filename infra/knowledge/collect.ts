import { readFile } from 'node:fs/promises';
import { packagePath } from '../package-path.js';
import type { EndOfRun, TestReport } from '../../domain/test-report.js';
import { type Crawl, CUT_OFF, parseCrawl } from '../parse/knowledge.js';
import type { Sandbox, SandboxJob } from '../sandbox/sandbox.js';
import type { Library } from './libraries.js';

/** In the order in which they stand in one program. */
const SOURCES = ['describe', 'sources', 'walk', 'tell'].map((name) => `infra/knowledge/crawl/${name}.py`);
const MIB = 1024 * 1024;

/** TensorFlow and PyTorch take seconds and gigabytes; what is printed is kept whole up to the crawl's own limit. */
const LIMITS = {
  cpuSeconds: 300,
  wallSeconds: 560,
  memoryBytes: 6 * 1024 * MIB,
  processes: 256,
  outputBytes: 24 * MIB,
  tmpBytes: 64 * MIB,
};

/** The program that crawls, without its last line: another program, another index. */
export async function crawlSource(): Promise<string> {
  const texts = await Promise.all(SOURCES.map((file) => readFile(packagePath(file), 'utf8')));
  return `from __future__ import annotations\n${texts.join('\n\n')}`;
}

/** Ends that a loaded or full machine brings about as well as a library. */
const PASSING: ReadonlySet<EndOfRun> = new Set(['signal', 'wall-time', 'memory']);

/** What was found; another crawl may find more where it was the machine that ended this one. */
interface Crawled extends Crawl {
  readonly mayFindMore: boolean;
}

/**
 * What a library holds, seen inside the sandbox. Where importing its modules ends the run, only what the library itself
 * imports is looked at, and `cut` says so. Throws as `Sandbox.run` does.
 */
export async function crawl(sandbox: Sandbox, library: Library, source: string, signal: AbortSignal): Promise<Crawled> {
  const found = await crawlOnce(sandbox, library, source, true, signal);
  if (found.cut !== CUT_OFF) return { ...found, mayFindMore: false };
  const cut = `${CUT_OFF}: ${found.endOfRun}`;
  const mayFindMore = PASSING.has(found.endOfRun);
  if (!library.isPackage) return { ...found, cut, mayFindMore };
  const again = await crawlOnce(sandbox, library, source, false, signal);
  const most = again.entries.length > found.entries.length ? again : found;
  return { ...most, cut, mayFindMore: mayFindMore || (again.cut === CUT_OFF && PASSING.has(again.endOfRun)) };
}

async function crawlOnce(
  sandbox: Sandbox,
  { name, roots, isPackage }: Library,
  source: string,
  imports: boolean,
  signal: AbortSignal,
): Promise<Crawl & Pick<TestReport, 'endOfRun'>> {
  // Never reached: it has the program forked where the library is warm. What the crawl imports can print nothing.
  const warm = isPackage ? `if False:\n    import ${name}\n` : '';
  const python = (flag: boolean): string => (flag ? 'True' : 'False');
  const call = `crawl(${JSON.stringify(roots)}, ${python(isPackage)}, ${python(imports)})`;
  const report = await sandbox.run(jobOf(`crawl ${name}`, `${source}\n\n${warm}${call}\n`), signal);
  return { ...(await parseCrawl(report.stdout.text)), endOfRun: report.endOfRun };
}

function jobOf(id: string, program: string): SandboxJob {
  const test = 'assert callable(crawl)';
  const facts = { entryPoint: 'crawl', entryKind: 'function', grading: 'in-process', prelude: '' } as const;
  return { id, program, test, ...facts, cases: null, limits: LIMITS, reference: null };
}
