import { splitSections, type SectionName } from '../../domain/aicodereval-sections.js';
import { UserError } from '../errors.js';
import { packagePath } from '../package-path.js';
import { parseProgramFacts, type ParsedPrograms } from '../parse/program-facts.js';
import { runCommand, type CommandEnv } from '../tools/run-command.js';

/** A program to be parsed: the whole, and its parts without the sections' headers. */
export interface ProgramText {
  readonly content: string;
  readonly imports: string;
  /** Imports and functions. */
  readonly reference: string;
  readonly test: string;
  readonly call: string;
}

/** The parts of a program that are parsed; its line ends must be line feeds. The lines that install packages are left blank: some are no Python, and none is run. */
export function programText(source: string): ProgramText {
  const { sections } = splitSections(source);
  const partOf = (name: SectionName) => sections.get(name)?.text ?? '';
  const imports = partOf('function_import');
  const code = partOf('function_code');
  const installs = sections.get('requirements_file')?.raw ?? '';
  return {
    content: source.replace(installs, () => installs.replace(/[^\n]+/g, '')),
    imports,
    reference: imports === '' ? code : `${imports}\n\n\n${code}`,
    test: partOf('test_function_code'),
    call: partOf('call_test_function_line') || partOf('call_test_function_code'),
  };
}

/**
 * What programs say of themselves, by the parser of this machine's Python: no other one knows what Python refuses, and with
 * which words. They are parsed, never run. Throws UserError (exit 3) if there is no Python.
 */
export async function readProgramFacts(
  programs: readonly ProgramText[],
  env: CommandEnv | undefined,
): Promise<ParsedPrograms> {
  const script = packagePath('infra/datasets/program_facts.py');
  const answer = await runCommand('python3', ['-I', '-S', script], { env, input: JSON.stringify(programs) }).catch(
    (cause: unknown) => {
      throw unreadable((cause as Error).message, cause);
    },
  );
  const facts = parseProgramFacts(answer);
  if (facts?.programs.length !== programs.length) throw unreadable('it gave no answer');
  return facts;
}

function unreadable(why: string, cause?: unknown): UserError {
  return new UserError(`The programs can't be parsed by python3: ${why}`, {
    hint: 'Python 3.10 or newer must be there as "python3"; "aicodereval doctor" tries it.',
    exitCode: 3,
    cause,
  });
}
