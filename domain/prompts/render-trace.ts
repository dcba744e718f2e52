import type { Check } from '../attempt.js';
import type { TestReport } from '../test-report.js';
import { renderObservation } from './render-observation.js';

/** Parts of a trace that may be left out. */
export interface TraceParts {
  /** The values of the failing frame's variables. */
  readonly locals: boolean;
  /** The library call at fault, with its real signature. */
  readonly call: boolean;
}

/** Lines before and after the failing one. */
const NEIGHBOURS = 2;

/** What a repair prompt shows of a failure: how the run ended, and the failing line of the program with its neighbours. */
export function renderTrace(report: TestReport, program: string, check: Check, _parts: TraceParts): string {
  const line = report.exception?.line ?? null;
  const marked = line === null ? '' : `\n\nAt line ${line}:\n${excerpt(program, line)}`;
  return `${renderObservation(report, check)}${marked}`;
}

function excerpt(program: string, line: number): string {
  const lines = program.split('\n');
  const first = Math.max(1, line - NEIGHBOURS);
  return lines
    .slice(first - 1, line + NEIGHBOURS)
    .map((text, index) => `${first + index === line ? '>' : ' '} ${String(first + index).padStart(3)} ${text}`)
    .join('\n');
}
