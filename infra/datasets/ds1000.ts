import { packageOfModule } from '../../domain/requirements.js';
import { isStandardModule } from '../../domain/python-modules.js';
import { SNIPPET_ENTRY, snippetProgram } from '../../domain/snippet.js';
import type { Task } from '../../domain/task.js';
import { type Ds1000Line, ds1000LineSchema } from '../parse/dataset-line.js';
import { importedPackages } from '../sandbox/import-set.js';
import { chooseEnvironment, listPackages, type Packages } from './choose-environment.js';
import type { Suite } from './dataset.js';
import { snippetTest } from './ds1000-test.js';
import { fileOrHub } from './hub.js';
import { loadLines, type Flaw } from './jsonl.js';

const ID_PREFIX = 'DS-1000/';
const HUB = { suite: 'ds1000', repository: 'xlangai/DS-1000', path: 'test.jsonl' };

/** DS-1000 (arXiv 2211.11501), simplified format: code that goes in a place of a longer program. */
export const ds1000: Suite = {
  id: 'ds1000',
  title: 'DS-1000: snippets for data science with seven libraries',
  licence: 'CC-BY-SA-4.0',
  size: null,
  repository: HUB.repository,
  load: async (ctx) => {
    const [file, environments] = await Promise.all([fileOrHub(HUB, ctx), listPackages()]);
    return loadLines(file, ds1000LineSchema, ({ value }) => toTask(value, environments), {
      idField: 'metadata.problem_id',
      idPrefix: ID_PREFIX,
    });
  },
};

function toTask(line: Ds1000Line, environments: readonly Packages[]): Task | Flaw {
  const { code_context: context, reference_code: snippet, metadata } = line;
  const why = flawOf(context);
  if (why !== null) return { field: 'code_context', why };
  const libraries = [...importedPackages(`${context}\n${snippet}`)]
    .filter((module) => !isStandardModule(module))
    .map(packageOfModule);
  const wanted = [...new Set(libraries)].sort();
  const { name, lacks } = chooseEnvironment(
    wanted.map((each) => ({ name: each, versions: null })),
    environments,
  );
  if (lacks.length > 0)
    return { field: 'code_context', why: `no environment has what it imports: ${lacks.join(', ')}` };
  return {
    suite: HUB.suite,
    taskId: ID_PREFIX + metadata.problem_id,
    domain: metadata.library.toLowerCase(),
    libraries: wanted,
    prompt: line.prompt,
    instruction: null,
    entryPoint: SNIPPET_ENTRY,
    reference: snippetProgram(snippet),
    ...snippetTest(context),
    examples: null,
    environment: name,
    grading: 'in-process',
    answer: 'snippet',
  };
}

function flawOf(context: string): string | null {
  if (!/^def test_execution\(/m.test(context)) return 'does not define test_execution(solution)';
  return context.includes('[insert]') ? null : 'has no [insert], the place where a snippet goes';
}
