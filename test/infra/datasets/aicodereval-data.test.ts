import { describe, expect, test } from '@jest/globals';
import { authorsPrompt, programOfCompletion } from '../../../domain/aicodereval-assembly.js';
import { splitSections } from '../../../domain/aicodereval-sections.js';
import { findFunction } from '../../../domain/python-source.js';
import { aicodereval } from '../../../infra/datasets/aicodereval.js';
import { programText, readProgramFacts } from '../../../infra/datasets/program-facts.js';
import { authorsProgram } from '../../support/authors-program.js';
import { markerCounts, type MarkerCounts } from '../../support/marker-counts.js';
import { readZippedLines, sharedData } from '../../support/shared-data.js';

const V4 = sharedData('aicodereval/tasks-v4.jsonl.gz');
const V3 = sharedData('aicodereval/tasks-v3-valid.jsonl.gz');
const RUNS = sharedData('aicodereval/runs-v3-codellama-7b.jsonl.gz');

/** Of a line of the authors' files, what is counted here. */
interface Line {
  readonly task_id: string;
  readonly content: string;
  readonly requirements: readonly string[];
  readonly syntax_error?: string | null;
  readonly case_start_prints?: number;
  readonly cases_declared?: number | null;
  readonly asserts: number | null;
  readonly instruct: string;
  readonly prediction: string;
  readonly program: string;
}

const read = (path: string) => readZippedLines(path) as unknown as Line[];
const load = (file: string) => aicodereval.load({ home: '/nowhere', file });

/** From Python 3.12 on two of the programs can be parsed: quotes may stand within an f-string's own. */
const parses = (error: string | null | undefined, [major, minor]: readonly [number, number]) =>
  error === null || error === undefined || (major === 3 && minor >= 12 && error.includes('f-string: unmatched'));

if (V4 !== null) {
  const lines = read(V4);
  const texts = lines.map(({ content }) => programText(content));
  const { version, programs } = await readProgramFacts(texts, undefined);
  const counts = markerCounts(texts.map(({ test }) => test));

  describe('the 887 programs of version 4', () => {
    test('each has its five sections, in their order, as they are counted in the notes', () => {
      expect(lines).toHaveLength(887);
      const order = [
        'requirements_file',
        'function_import',
        'function_code',
        'test_function_code',
        'call_test_function_line',
      ];
      for (const line of lines) {
        const { preamble, sections } = splitSections(line.content);
        expect([line.task_id, [...sections.keys()]]).toEqual([line.task_id, order]);
        expect(preamble.join('\n').trim() + [...sections.values()].map(({ raw }) => raw).join('')).toBe(line.content);
        const texts = Object.fromEntries([...sections].map(([name, { text }]) => [name, text.trim()]));
        const gold = Object.fromEntries(order.slice(1).map((name) => [name, String(line[name as keyof Line]).trim()]));
        expect(texts).toMatchObject(gold);
      }
    });

    test('the 31 that Python can not parse are told with its own words, by line', () => {
      const told = programs.map(
        ({ syntaxError }) => syntaxError && `${syntaxError.message} (line ${syntaxError.line})`,
      );
      const gold = lines.map(({ syntax_error: error }) => (parses(error, version) ? null : error));
      expect(gold.filter((error) => error !== null)).toHaveLength(version[1] >= 12 ? 29 : 31);
      if (version[1] === 11) expect(told).toEqual(gold);
      expect(told.map((error) => error === null)).toEqual(gold.map((error) => error === null));
    });

    test('cases and assertions of every test are those of the data', () => {
      for (const [index, line] of lines.entries()) {
        const markers = programs[index]?.markers ?? null;
        const found = counts[index] ?? null;
        expect([line.task_id, found === null]).toEqual([line.task_id, markers === null]);
        if (line.asserts === null || markers === null || found === null) continue;
        const { caseStarts, computedStarts, declared } = found;
        expect([line.task_id, caseStarts, declared, markers.asserts]).toEqual([
          line.task_id,
          line.case_start_prints,
          line.cases_declared,
          line.asserts,
        ]);
        // A number of cases is told only where every print has its own.
        if (markers.cases !== null)
          expect([line.task_id, markers.cases <= caseStarts, computedStarts]).toEqual([line.task_id, true, 0]);
      }
      expect(programs.filter(({ markers }) => markers !== null)).toHaveLength(866);
    });

    test('markers are as many as in the notes', () => {
      const count = (of: (found: MarkerCounts) => number) =>
        counts.reduce((sum, found) => sum + (found === null ? 0 : of(found)), 0);
      const tests = (of: (found: MarkerCounts) => boolean) => count((found) => Number(of(found)));
      const asserts = programs.flatMap(({ markers }) => markers?.asserts ?? []);
      expect({
        started: tests(({ started }) => started > 0),
        finished: tests(({ finished }) => finished > 0),
        literalStarts: count(({ caseStarts, computedStarts }) => caseStarts - computedStarts),
        computing: tests(({ computedStarts }) => computedStarts > 0),
        byCases: [0, 1, 2, 3].map((n) => tests(({ caseStarts }) => caseStarts === n)),
        asserts: asserts.reduce((sum, each) => sum + each, 0),
        failureMessages: count(({ failureMessages }) => failureMessages),
        withoutAssert: asserts.filter((each) => each === 0).length,
        untested: programs.filter(({ facts }) => facts !== null && facts.entryPoint !== null && !facts.isTested).length,
      }).toEqual({
        started: 861,
        literalStarts: 1563,
        computing: 44,
        byCases: [15, 387, 172, 292],
        finished: 857,
        asserts: 1989,
        failureMessages: 1803,
        withoutAssert: 18,
        untested: 11,
      });
    });
  });

  test('every program of version 4 is a task or says why not, by file, line and section', async () => {
    const { tasks, unusable } = await load(V4);
    expect(tasks.length + unusable.length).toBe(887);
    const unparsed = unusable.filter(({ why }) => why.includes('cannot parse it'));
    expect(unparsed.map(({ taskId }) => taskId)).toEqual(
      lines.filter(({ syntax_error: error }) => !parses(error, version)).map(({ task_id: id }) => id),
    );
    for (const { where } of unparsed) {
      expect(where).toMatch(/tasks-v4\.jsonl\.gz, line \d+, section "\w+", line \d+ of the program$/);
    }
    for (const { where, why } of unusable)
      expect([where, why]).toEqual([expect.stringMatching(/line \d+/), expect.any(String)]);
  });
}

test.each([V4, V3].filter((path) => path !== null))(
  'prompts of %s are what the scanner of own suites finds as well',
  async (path) => {
    const { tasks } = await load(path);
    expect(tasks.length).toBeGreaterThan(100);
    for (const { taskId, prompt, reference, entryPoint } of tasks) {
      const found = findFunction(reference, entryPoint);
      expect([taskId, prompt]).toEqual([taskId, `${reference.slice(0, found?.headEnd)}\n`]);
    }
  },
);

if (V3 !== null && RUNS !== null) {
  describe('the 241 programs of version 3', () => {
    const lines = read(V3);
    const contents = new Map(lines.map((line) => [line.task_id, line]));

    test('all of them parse, with the assertions of the data', async () => {
      expect(lines).toHaveLength(241);
      const { programs } = await readProgramFacts(
        lines.map(({ content }) => programText(content)),
        undefined,
      );
      expect(programs.map(({ syntaxError, markers }) => [syntaxError, markers?.asserts])).toEqual(
        lines.map(({ asserts }) => [null, asserts]),
      );
    });

    test('the authors’ prompts and programs come out byte for byte', () => {
      const runs = read(RUNS);
      expect(runs).toHaveLength(241);
      for (const { task_id: id, prediction, program } of runs) {
        const line = contents.get(id);
        const split = splitSections(line?.content ?? '');
        expect([id, authorsPrompt(split)]).toEqual([id, line?.instruct]);
        expect([id, authorsProgram(split, prediction)]).toEqual([id, program]);
      }
    });

    test('a sweep’s tasks carry that prompt', async () => {
      const { tasks } = await load(V3);
      const runs = new Map(read(RUNS).map((run) => [run.task_id, run]));
      for (const task of tasks) {
        const run = runs.get(task.taskId);
        const program = programOfCompletion(task, run?.prediction ?? '', 'authors');
        expect(run?.program.startsWith(program)).toBe(true);
      }
    });
  });
}
