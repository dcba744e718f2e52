/** Section names of AICoderEval's programs, versions 2 to 5. */
export const SECTIONS = [
  'requirements_file',
  'function_import',
  'function_code',
  'test_function_code',
  'call_test_function_code',
  'call_test_function_line',
] as const;
export type SectionName = (typeof SECTIONS)[number];

const HEADER = new RegExp(`^# (${SECTIONS.join('|')}) -{20}[ \\t]*$`);

/** A section of a program. */
export interface Section {
  /** Without its header and outer blank lines. */
  readonly text: string;
  /** With its header, up to the next one, as written. */
  readonly raw: string;
  /** Line of the program on which `text` starts, from 1; of an empty section that of its header. */
  readonly line: number;
}

export interface SplitProgram {
  /** Lines above the first section. */
  readonly preamble: readonly string[];
  /** Of a name that stands twice the first. */
  readonly sections: ReadonlyMap<SectionName, Section>;
}

/** Takes a program apart at its header lines (`# name` and twenty hyphens). Line ends must be line feeds. */
export function splitSections(source: string): SplitProgram {
  const lines = source.split('\n');
  const headers = lines.flatMap((line, at) => {
    const name = sectionOf(line);
    return name === undefined ? [] : [{ name, at }];
  });
  const sections = new Map<SectionName, Section>();
  for (const [index, { name, at }] of headers.entries()) {
    if (sections.has(name)) continue;
    const end = headers[index + 1]?.at ?? lines.length;
    const body = lines.slice(at + 1, end);
    const blank = body.findIndex((line) => line.trim() !== '');
    const raw = lines.slice(at, end).join('\n') + (end < lines.length ? '\n' : '');
    sections.set(name, { text: trimBlankLines(body.join('\n')), raw, line: at + 2 + blank });
  }
  return { preamble: lines.slice(0, headers[0]?.at), sections };
}

/** The section whose header a line is; undefined for any other line. */
function sectionOf(line: string): SectionName | undefined {
  return HEADER.exec(line)?.[1] as SectionName | undefined;
}

/** The section's header line. */
export function headerOf(name: SectionName): string {
  return `# ${name} ${'-'.repeat(20)}`;
}

function trimBlankLines(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}
