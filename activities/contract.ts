import type { BuiltItem, Draft, Problem, Settled, Tried } from '../domain/build/build.js';
import type { Check, Execution, Generation, Lookup, Plan, TurnRef } from '../domain/attempt.js';
import type { Cell, CellResult } from '../domain/cell.js';
import type { FinishReason } from '../domain/candidate.js';
import type { Retried } from '../domain/verdict.js';

export interface GenerateInput {
  readonly cell: Cell;
  /** From 1. */
  readonly attempt: number;
  /** Workflows of earlier versions did not say. */
  readonly plan?: Plan | undefined;
  readonly turns: readonly TurnRef[];
}

export interface ExecuteInput {
  readonly cell: Cell;
  readonly attempt: number;
  readonly check: Check;
  readonly programSha256: string;
  readonly finishReason: FinishReason;
}

export interface RetrieveInput {
  readonly cell: Cell;
  /** The attempt that failed, or that asks. */
  readonly attempt: number;
  /** Words or a name; null to look up what the report's error is about. */
  readonly query: string | null;
  readonly programSha256: string | null;
  /** The report that the strategy may see. */
  readonly reportSha256: string | null;
}

export interface ListCellsInput {
  readonly sweepId: string;
  /** Tells the runs of one sweep apart: when this one began, in epoch milliseconds. */
  readonly run: number;
  /** Index into the sweep's plan, from 0. */
  readonly offset: number;
  /** Index after the last cell of the page. */
  readonly end: number;
  /** Of the cells with a row, those with this verdict are wanted, in place of the cells without one. */
  readonly retry?: Retried | undefined;
}

/** Cells that are to run: as many as fit into one small payload. */
export interface CellList {
  readonly cells: readonly Cell[];
  /** Where to go on; equal to the page's end when all were seen. */
  readonly next: number;
}

export interface CompactInput {
  readonly sweepId: string;
  readonly segment: number;
  readonly offset: number;
  readonly end: number;
  /** A page of a sweep that was cancelled may lack rows when cells are tried again: then it stays in the journals. */
  readonly retry?: Retried | undefined;
}

/** One record of a build. */
export interface BuildItemInput {
  /** Name of the build. */
  readonly build: string;
  /** The records with their documentation, in the store. */
  readonly recordsSha256: string;
  /** Number of the record, from 0. */
  readonly item: number;
}

export interface DraftInput extends BuildItemInput {
  /** From 1. */
  readonly round: number;
  /** Milliseconds that the model is asked for before the record is given up. */
  readonly giveUpAfterMs: number;
  /** The answers so far that were no task, and why. */
  readonly turns: readonly DraftTurnRef[];
}

export interface DraftTurnRef {
  readonly completionSha256: string;
  /** The task that was tried; null for none. Left out by earlier versions. */
  readonly taskSha256?: string | null;
  readonly problem: Problem;
}

export interface TryDraftInput extends BuildItemInput {
  readonly round: number;
  readonly taskSha256: string;
}

/** Records with their documentation. */
export interface Collected {
  readonly recordsSha256: string;
  readonly records: number;
}

/** Activities of the role `control`. */
export interface ControlActivities {
  listCells(input: ListCellsInput): Promise<CellList>;
  /** Appends a finished cell to the journal and syncs it to disk. Idempotent by cell id. */
  record(result: CellResult): Promise<void>;
  /** Moves a page's rows from the journals into an Arrow segment. Idempotent by segment number. */
  compact(input: CompactInput): Promise<void>;
  /** Writes `summary.json`. */
  summarise(sweepId: string): Promise<void>;
  /** Keeps what was made of a record. Idempotent by its number. */
  keepItem(build: string, item: BuiltItem): Promise<void>;
  /** Compares a record's task with those before it and with known ones. To be called in the order of the records. */
  settle(input: BuildItemInput): Promise<Settled>;
}

/** Activities of the role `model`. */
export interface ModelActivities {
  /** Asks the model, or finds the answer that a crashed attempt had stored. */
  generate(input: GenerateInput): Promise<Generation>;
  /** Asks for a task, or finds the answer that a crashed attempt had stored, and reads what it is. */
  draft(input: DraftInput): Promise<Draft>;
}

export interface BatchInput {
  /** The plan in the store. */
  readonly planSha256: string;
  /** Number of the batch in the plan's list, from 0. */
  readonly batch: number;
}

/** Activities of the role `sandbox` for programs that no model is asked for. All are idempotent by the batch's number. */
export interface BatchActivities {
  /** Grades programs made elsewhere and writes their rows. */
  gradeBatch(input: BatchInput): Promise<void>;
  /** Tries tasks: their references, stubs and mutants; writes their rows. */
  validateBatch(input: BatchInput): Promise<void>;
}

/** Activities of the role `sandbox` for the building of datasets. */
export interface BuildActivities {
  /** Reads the documentation that the wanted records lack, in the environment's own libraries. */
  collect(build: string): Promise<Collected>;
  /** Tries a draft as `validate` would, and watches what it reaches for. */
  tryDraft(input: TryDraftInput): Promise<Tried>;
}

/** Activities of the role `sandbox`. */
export interface SandboxActivities {
  execute(input: ExecuteInput): Promise<Execution>;
  /** Looks up the libraries of the cell's environment; finds nothing rather than failing. */
  retrieve(input: RetrieveInput): Promise<Lookup>;
}
