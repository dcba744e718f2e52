import type { Failures } from '../breakdown.js';
import type { Round } from '../repair.js';
import type { Estimate } from '../statistics.js';

/** What the page of a report is made from: names and figures. The texts of its cells come apart: see `detail.ts`. */
export interface PageData {
  readonly sweep: SweepFacts;
  readonly arms: readonly ArmFigures[];
  readonly tasks: readonly TaskFacts[];
  /** What the sweep's arms say of each other, a sentence each. */
  readonly findings: readonly string[];
  readonly cells: CellColumns;
  /** Address of Temporal's UI with the path of a cell's workflow up to its id; null where it is not known. */
  readonly temporal: string | null;
  readonly details: DetailPlace;
}

/** Where the details of a cell come from: files beside the page, elements within it, or the server that shows it. */
export type DetailPlace =
  | { readonly kind: 'beside'; readonly folder: string; readonly perPart: number }
  | { readonly kind: 'inside'; readonly perPart: number }
  | { readonly kind: 'live' };

/** A sweep, as far as its rows tell. Moments are epoch milliseconds. */
export interface SweepFacts {
  readonly id: string;
  /** Cells of the whole sweep, and those of them that have ended. */
  readonly planned: number;
  readonly finished: number;
  readonly samples: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly version: string;
}

/** A task of the sweep. */
export interface TaskFacts {
  readonly suite: string;
  readonly id: string;
  readonly domain: string;
  readonly libraries: readonly string[];
}

/** One suite x model x strategy. Shares are from 0 to 1, money in USD, times in seconds. */
export interface ArmFigures {
  readonly suite: string;
  readonly model: string;
  readonly strategy: string;
  readonly cells: number;
  readonly judged: number;
  readonly pass: number;
  readonly fail: number;
  readonly unverified: number;
  readonly unscored: number;
  /** From k = 1 on, over all cells. */
  readonly passAt: readonly Estimate[];
  /** pass@1 over judged cells. */
  readonly ofJudged: Estimate;
  readonly tokens: number;
  readonly cost: number | null;
  readonly seconds: number;
  readonly domains: readonly PartFigure[];
  readonly libraries: readonly PartFigure[];
  readonly failures: readonly Failures[];
  readonly rounds: readonly Round[];
  /** Classes of what each round came to; `none` is a pass of what the strategy may see. */
  readonly outcomes: readonly { readonly round: number; readonly errorClass: string; readonly cells: number }[];
  /** Classes of one round and of the next one of the same cells; `round` is the later. */
  readonly flows: readonly Flow[];
  /** Of each task of the page: judged cells and passes among them; [0, 0] where there is none. */
  readonly grid: readonly (readonly [judged: number, passes: number])[];
  /** Others of its suite and model are told against it. */
  readonly isBaseline: boolean;
  /** Against the baseline of its suite and model; null of that one, of an arm alone, and where no task was judged in every arm. */
  readonly against: Against | null;
}

export interface Flow {
  readonly round: number;
  readonly from: string;
  readonly to: string;
  readonly cells: number;
}

/** pass@1 of a part of the tasks, over judged cells. */
export interface PartFigure {
  readonly name: string;
  readonly passAt1: Estimate;
}

/** A paired difference; see `compare`. */
export interface Against {
  readonly baseline: string;
  readonly tasks: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  /** With Holm's correction over all comparisons of the page. */
  readonly holm: number;
  readonly gained: number;
  readonly lost: number;
}

/** Facts of the cells, a list each, all in the order of the cells' ids. */
export interface CellColumns {
  readonly id: readonly string[];
  /** Index into the page's tasks; into its arms. */
  readonly task: readonly number[];
  readonly arm: readonly number[];
  readonly sample: readonly number[];
  readonly verdict: readonly string[];
  readonly errorClass: readonly string[];
  readonly fault: readonly (string | null)[];
  readonly attempts: readonly number[];
  /** Cases passed and all of the run that the verdict rests on; null where it rests on none. */
  readonly passed: readonly (number | null)[];
  readonly cases: readonly (number | null)[];
  readonly tokens: readonly number[];
  readonly cost: readonly (number | null)[];
  /** Milliseconds of the model and the sandbox together. */
  readonly ms: readonly number[];
}
