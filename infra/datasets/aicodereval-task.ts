import { authorsPrompt } from '../../domain/aicodereval-assembly.js';
import type { SectionName, SplitProgram } from '../../domain/aicodereval-sections.js';
import { packageOfModule, parseRequirement, type Requirement } from '../../domain/requirements.js';
import type { Grading, Task } from '../../domain/task.js';
import { readRequirements } from '../parse/dataset-line.js';
import type { ProgramFacts, SourceFacts, TestMarkers } from '../parse/program-facts.js';
import type { AiCoderEvalRecord } from './aicodereval-records.js';
import { chooseEnvironment, type Packages } from './choose-environment.js';
import type { Unusable } from './dataset.js';
import { examplesTest } from './examples.js';
import type { ProgramText } from './program-facts.js';

/** A program with all that is known of it. */
export interface KnownProgram {
  readonly record: AiCoderEvalRecord;
  readonly split: SplitProgram;
  readonly text: ProgramText;
  readonly parsed: ProgramFacts;
}

/** What tasks are made for. */
export interface Surroundings {
  readonly environments: readonly Packages[];
  /** Modules of Python's standard library. */
  readonly stdlib: ReadonlySet<string>;
  /** Version of the Python that parsed the programs. */
  readonly python: string;
}

/** Kinds of work, by how the domains of the API records begin. */
const DOMAINS: readonly (readonly [RegExp, string])[] = [
  [/^natural language/i, 'nlp'],
  [/^computer vision/i, 'vision'],
  [/^audio/i, 'audio'],
  [/^multimodal/i, 'multimodal'],
  [/^tabular/i, 'tabular'],
  [/^reinforcement/i, 'reinforcement-learning'],
];

/** The environment whose programs deal in data alone, beside that of the standard library. */
const OF_DATA: readonly string[] = ['base', 'data'];

/** The task that a program makes, or why it makes none. */
export function toTask(program: KnownProgram, surroundings: Surroundings): Task | Unusable {
  const { record, parsed } = program;
  const { facts, markers } = parsed;
  const found = missingSection(program) ?? unparsed(program, surroundings.python);
  if (found !== null || facts === null || markers === null) return found ?? unusable(record, 'it cannot be parsed');
  const broken = untestable(program, facts, markers);
  if (broken !== null) return broken;
  const wanted = requirementsOf(program, facts, surroundings.stdlib);
  if (wanted === null) return unusable(record, '"requirements" must be a JSON list of names', 'requirements_file');
  const { name: environment, lacks } = chooseEnvironment(wanted, surroundings.environments);
  if (lacks.length > 0) {
    const why = `needs what no environment has: ${lacks.join(', ')}`;
    return { ...unusable(record, why, 'requirements_file'), cause: 'packages' };
  }
  const libraries = wanted.map(({ name }) => name);
  return { ...taskOf(program, facts, markers), libraries, environment, grading: gradingOf(facts, environment) };
}

function taskOf({ record, split, text }: KnownProgram, facts: SourceFacts, markers: TestMarkers) {
  const prompt = `${facts.prompt ?? ''}\n`;
  const entryPoint = facts.entryPoint ?? '';
  return {
    suite: 'aicodereval',
    taskId: record.taskId,
    domain: DOMAINS.find(([begin]) => begin.test(record.domain ?? ''))?.[1] ?? 'general',
    prompt,
    instruction: null,
    entryPoint,
    reference: `${text.reference}\n`,
    test: `${text.test}\n\n\n${facts.call.source}\n`,
    cases: markers.cases,
    examples: examplesTest(prompt, entryPoint),
    authorsPrompt: authorsPrompt(split),
  };
}

function missingSection({ record, split }: KnownProgram): Unusable | null {
  for (const name of ['function_code', 'test_function_code'] as const) {
    const section = split.sections.get(name);
    if (section === undefined) return unusable(record, 'the section is missing', name);
    if (section.text === '') return unusable(record, 'the section is empty', name, section.line);
  }
  return null;
}

function unparsed({ record, split, parsed }: KnownProgram, python: string): Unusable | null {
  if (parsed.syntaxError === null) return null;
  const { line, message } = parsed.syntaxError;
  const sections = [...split.sections].filter((each) => line !== null && each[1].line <= line);
  const section = sections.sort((a, b) => b[1].line - a[1].line)[0]?.[0];
  return { ...unusable(record, `Python ${python} cannot parse it: ${message}`, section, line), cause: 'syntax' };
}

function untestable({ record }: KnownProgram, facts: SourceFacts, markers: TestMarkers): Unusable | null {
  const { entryPoint, call } = facts;
  if (entryPoint === null) return unusable(record, 'it defines no function', 'function_code');
  if (facts.prompt === null)
    return unusable(record, `${entryPoint} has no docstring: nothing is asked for`, 'function_code');
  if (!facts.isTested) return unusable(record, `the test never uses ${entryPoint}`, 'test_function_code');
  if (call.undefined.length > 0) {
    const names = call.undefined.join(', ');
    return unusable(record, `nothing defines ${names}, which it uses`, callSection(record));
  }
  if (!call.runs) return unusable(record, 'nothing runs the test', callSection(record));
  if (markers.asserts + markers.assertingCalls > 0) return null;
  return unusable(record, 'the test asserts nothing, so no run of it can be verified', 'test_function_code');
}

function callSection({ content }: AiCoderEvalRecord): SectionName {
  return content.includes('# call_test_function_code -') ? 'call_test_function_code' : 'call_test_function_line';
}

/** What the program says that it needs, and what it imports; null if the first can't be read. */
function requirementsOf(
  { record, split }: KnownProgram,
  { imports }: SourceFacts,
  stdlib: ReadonlySet<string>,
): Requirement[] | null {
  const written = record.requirements ?? readRequirements(split.sections.get('requirements_file')?.text ?? '');
  if (written === null) return null;
  const asked = written.flatMap((text) => parseRequirement(text, stdlib) ?? []);
  const imported = imports.map((module) => ({ name: packageOfModule(module), versions: null }));
  const byName = new Map([...imported, ...asked].map((each) => [each.name, each]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** In two processes where values are data for certain: no live models, no modules that the test patches, no classes. */
function gradingOf({ kind, mocks }: SourceFacts, environment: string): Grading {
  return kind === 'function' && !mocks && OF_DATA.includes(environment) ? 'isolated' : 'in-process';
}

function unusable(
  { taskId, where }: AiCoderEvalRecord,
  why: string,
  section?: SectionName,
  line?: number | null,
): Unusable {
  const inSection = section === undefined ? '' : `, section "${section}"`;
  const inLine = line === undefined || line === null ? '' : `, line ${line} of the program`;
  return { taskId, where: where + inSection + inLine, why };
}
