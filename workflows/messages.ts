import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { BuildProgress } from '../domain/build/build.js';
import type { PageProgress, SweepProgress, Tally } from '../domain/progress.js';
import type { SweepLimits } from '../domain/sweep.js';

/** What a sweep tells its open pages: how many cells each may have in flight; 0 starts none. */
export interface Control {
  readonly window: number;
}

/** Limits that `resume` raises; those left out stay as they are. */
export type RaisedLimits = Partial<SweepLimits>;

export const pauseUpdate = defineUpdate<SweepProgress>('pause');
export const resumeUpdate = defineUpdate<SweepProgress, [RaisedLimits]>('resume');
export const cancelUpdate = defineUpdate<SweepProgress>('cancel');
/** Cells in flight over all pages, 1 to 1,000. */
export const setConcurrencyUpdate = defineUpdate<SweepProgress, [number]>('set-concurrency');

export const sweepProgressQuery = defineQuery<SweepProgress>('progress');
/** Batches that a grading or a validation has finished. */
export const batchProgressQuery = defineQuery<{ batches: number }>('progress');
export const buildProgressQuery = defineQuery<BuildProgress>('progress');
export const pageProgressQuery = defineQuery<PageProgress>('progress');

/** Sweep to page. */
export const controlSignal = defineSignal<[Control]>('control');
/** Page to sweep: what its cells have used since it last said so. */
export const spentSignal = defineSignal<[Pick<Tally, 'tokens' | 'costUsd'>]>('spent');
