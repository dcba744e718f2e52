import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';
import { type CellResult, type Cell, totals } from '../domain/cell.js';
import { usage } from '../domain/metrics.js';
import { programQueue } from '../domain/queues.js';
import { SEARCH_ATTRIBUTES as TYPES } from '../domain/search-attributes.js';
import { labelOf } from '../domain/strategies/strategy.js';

const keyword = (
  name: 'CgSweep' | 'CgSuite' | 'CgTask' | 'CgModel' | 'CgStrategy' | 'CgVerdict' | 'CgErrorClass' | 'CgPool',
) => defineSearchAttributeKey(name, TYPES[name]);

/** What is known of a cell before it starts. */
export function cellAttributes(cell: Cell): SearchAttributePair[] {
  return [
    { key: keyword('CgSweep'), value: cell.sweepId },
    { key: keyword('CgSuite'), value: cell.suite },
    { key: keyword('CgTask'), value: cell.taskId },
    { key: keyword('CgModel'), value: cell.model },
    { key: keyword('CgStrategy'), value: labelOf(cell.strategy) },
    { key: keyword('CgPool'), value: programQueue(cell) },
    { key: defineSearchAttributeKey('CgSample', TYPES.CgSample), value: cell.sample },
  ];
}

/** For a sweep's and a page's own row. */
export function sweepAttributes(sweepId: string): SearchAttributePair[] {
  return [{ key: keyword('CgSweep'), value: sweepId }];
}

/** What a cell came to; one event in its history. */
export function upsertResult(result: CellResult): void {
  const { tokens } = totals(result.attempts);
  const { costUsd } = usage(result.attempts);
  upsertSearchAttributes([
    { key: keyword('CgVerdict'), value: result.verdict },
    { key: keyword('CgErrorClass'), value: result.errorClass },
    { key: defineSearchAttributeKey('CgAttempts', TYPES.CgAttempts), value: result.attempts.length },
    { key: defineSearchAttributeKey('CgTokens', TYPES.CgTokens), value: tokens },
    ...(costUsd === null
      ? []
      : [{ key: defineSearchAttributeKey('CgCostUsd', TYPES.CgCostUsd), value: Math.round(costUsd * 1e6) / 1e6 }]),
    { key: defineSearchAttributeKey('CgPassed', TYPES.CgPassed), value: result.verdict === 'pass' },
  ]);
}
