import type { Attempt, Execution, Lookup, Plan } from '../../domain/attempt.js';
import type { CellResult } from '../../domain/cell.js';
import { finalAttempt } from '../../domain/metrics.js';
import type { Message } from '../../domain/prompts/message.js';
import type { Task } from '../../domain/task.js';
import type { TestReport } from '../../domain/test-report.js';

/** A text of the store, or where it should be. */
export type Text = StoredText | { readonly missing: string };

/** A text, its middle left out where it is long. */
export interface StoredText {
  readonly head: string;
  /** Characters that are left out; 0 where the head is all there is. */
  readonly left: number;
  readonly tail: string;
  /** Number of the text's line that the tail begins in; 0 without one. */
  readonly tailLine: number;
}

/** Texts that a detail refers to by their number: neighbours share prompts, tests and programs. */
export interface DetailPart {
  readonly texts: readonly Text[];
  readonly cells: readonly CellDetail[];
}

/** What the page of a cell shows beside its row. Numbers named as texts are indices into the part's texts. */
export interface CellDetail {
  readonly id: string;
  readonly message: string | null;
  readonly finalAttempt: number | null;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly environment: string;
  readonly grading: string;
  readonly test: number;
  readonly reference: number;
  readonly attempts: readonly AttemptDetail[];
}

export interface AttemptDetail {
  readonly attempt: number;
  readonly plan: Plan | null;
  readonly promptId: string;
  readonly finishReason: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly costUsd: number | null;
  /** Another cell had paid for the answer. */
  readonly shared: boolean;
  readonly generateMs: number;
  readonly tool: { readonly name: string; readonly query: string } | null;
  readonly prompt: readonly { readonly role: string; readonly text: number }[];
  readonly completion: number;
  readonly program: number | null;
  readonly runs: readonly RunDetail[];
  readonly lookups: readonly LookupDetail[];
}

/** A run with what the sandbox saw of it; the report is null where the store has it no more. */
export interface RunDetail extends Omit<Execution, 'reportSha256'> {
  readonly report: ReportDetail | null;
}

export interface ReportDetail extends Pick<
  TestReport,
  'exitCode' | 'signal' | 'cases' | 'failure' | 'tampered' | 'network' | 'beside'
> {
  readonly exception: (Omit<NonNullable<TestReport['exception']>, 'trace'> & { readonly trace: number }) | null;
  /** Null where nothing was written. */
  readonly stdout: OutputDetail | null;
  readonly stderr: OutputDetail | null;
}

interface OutputDetail {
  readonly text: number;
  readonly bytes: number;
  readonly truncated: boolean;
}

interface LookupDetail extends Omit<Lookup, 'textSha256'> {
  readonly text: number;
}

/** What the store has of a cell's texts, by their SHA-256; each may be missing. */
export interface StoredTexts {
  text(sha256: string): string | null;
  messages(sha256: string): readonly Message[] | null;
  report(sha256: string): TestReport | null;
  task(sha256: string): Task | null;
}

/** Characters of a text that a page shows: half of them from its beginning. */
const TEXT_LIMIT = 60_000;
/** The same of a name, a message or a value, which reports hold at most 8,000 characters of. */
const NAME_LIMIT = 8_000;

/** The details of neighbouring cells. */
export function detailPart(results: readonly CellResult[], stored: StoredTexts): DetailPart {
  const texts = new TextTable();
  const cells = results.map((result) => cellDetail(result, stored, texts));
  return { texts: texts.all, cells };
}

class TextTable {
  readonly all: Text[] = [];
  private readonly known = new Map<string, number>();

  add(text: string): number {
    return this.keep(`t${text}`, () => shorten(text));
  }

  /** A text of the store; `sha256` says where it should be. */
  find(sha256: string, text: string | null): number {
    const missing = { missing: `store/${sha256.slice(0, 2)}/${sha256.slice(2)}` };
    return text === null ? this.keep(`m${sha256}`, () => missing) : this.add(text);
  }

  private keep(key: string, make: () => Text): number {
    const found = this.known.get(key);
    if (found !== undefined) return found;
    this.known.set(key, this.all.length);
    return this.all.push(make()) - 1;
  }
}

function shorten(text: string): Text {
  if (text.length <= TEXT_LIMIT) return { head: text, left: 0, tail: '', tailLine: 0 };
  const half = TEXT_LIMIT / 2;
  const tailLine = text.slice(0, -half).split('\n').length;
  return { head: text.slice(0, half), left: text.length - TEXT_LIMIT, tail: text.slice(-half), tailLine };
}

function cellDetail(result: CellResult, stored: StoredTexts, texts: TextTable): CellDetail {
  const { cell, attempts, message, startedAt, finishedAt } = result;
  const task = stored.task(cell.taskSha256);
  const ofTask = (text: string | undefined): number =>
    text === undefined ? texts.find(cell.taskSha256, stored.text(cell.taskSha256)) : texts.add(text);
  return briefly({
    id: cell.cellId,
    message,
    finalAttempt: finalAttempt(result)?.attempt ?? null,
    startedAt,
    finishedAt,
    environment: cell.environment,
    grading: cell.grading,
    test: ofTask(task?.test),
    reference: ofTask(task?.reference),
    attempts: attempts.map((attempt) => attemptDetail(attempt, stored, texts)),
  });
}

/** With every name and message in it cut to what somebody may read: only texts are longer. */
function briefly<T>(value: T): T {
  const cut = (_: string, member: unknown): unknown =>
    typeof member === 'string' && member.length > NAME_LIMIT ? `${member.slice(0, NAME_LIMIT)}…` : member;
  return JSON.parse(JSON.stringify(value, cut)) as T;
}

function attemptDetail(
  { attempt, plan, generation, executions, lookups = [] }: Attempt,
  stored: StoredTexts,
  texts: TextTable,
): AttemptDetail {
  const { promptSha256, completionSha256, programSha256, tool = null } = generation;
  const { promptId, finishReason, promptTokens, completionTokens, costUsd, generateMs } = generation;
  const find = (sha256: string): number => texts.find(sha256, stored.text(sha256));
  const messages = stored.messages(promptSha256);
  const prompt =
    messages === null
      ? [{ role: 'prompt', text: find(promptSha256) }]
      : messages.map(({ role, content }) => ({ role, text: texts.add(content) }));
  return {
    attempt,
    plan: plan ?? null,
    promptId,
    finishReason,
    promptTokens,
    completionTokens,
    costUsd,
    shared: generation.shared === true,
    generateMs,
    tool,
    prompt,
    completion: find(completionSha256),
    program: programSha256 === null ? null : find(programSha256),
    runs: executions.map(({ reportSha256, ...run }) => ({
      ...run,
      report: reportDetail(stored.report(reportSha256), texts),
    })),
    lookups: lookups.map(({ textSha256, ...lookup }) => ({ ...lookup, text: find(textSha256) })),
  };
}

function reportDetail(report: TestReport | null, texts: TextTable): ReportDetail | null {
  if (report === null) return null;
  const { exitCode, signal, cases, failure, tampered, network, beside, exception, stdout, stderr } = report;
  const output = ({ text, ...rest }: TestReport['stdout']): OutputDetail | null =>
    rest.bytes === 0 && text === '' ? null : { ...rest, text: texts.add(text) };
  return {
    exitCode,
    signal,
    cases,
    failure,
    tampered,
    network,
    beside,
    exception:
      exception === null
        ? null
        : {
            ...exception,
            trace: texts.add(exception.trace),
          },
    stdout: output(stdout),
    stderr: output(stderr),
  };
}
