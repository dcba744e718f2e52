import { groupBy } from '../domain/group-by.js';
import type { HandLabel } from '../domain/rescore/label.js';
import type { RescoredRun } from '../domain/rescore/rescore.js';

/** How far a rule agrees with labels made by hand; counts of runs. */
export interface Agreement {
  readonly runs: number;
  readonly pass: number;
  readonly fault: number;
  readonly wrong: readonly { readonly label: HandLabel; readonly row: RescoredRun }[];
}

/** Compares verdicts with labels of the same tasks; rows without a label are left out. */
export function agreement(rows: readonly RescoredRun[], labels: readonly HandLabel[]): Agreement {
  const byTask = new Map(labels.map((label) => [label.taskId, label]));
  const pairs = rows.flatMap((row) => {
    const label = byTask.get(row.taskId);
    return label === undefined ? [] : [{ label, row }];
  });
  return {
    runs: pairs.length,
    pass: pairs.filter((pair) => isSamePass(pair)).length,
    fault: pairs.filter(({ label, row }) => label.fault === row.fault).length,
    wrong: pairs.filter((pair) => !isSamePass(pair) || pair.label.fault !== pair.row.fault),
  };
}

const COLUMNS = ['pass', 'model', 'task', 'environment', 'infrastructure'] as const;

/** Labels against verdicts as a table in Markdown: a row a label, a column a fault found; `pass` is no fault. */
export function renderConfusion(rows: readonly RescoredRun[], labels: readonly HandLabel[]): string {
  const byTask = new Map(rows.map((row) => [row.taskId, row]));
  const groups = groupBy(labels, ({ fault }) => fault ?? 'pass');
  const lines = COLUMNS.map((name) => {
    const of = groups.get(name) ?? [];
    const found = COLUMNS.map((column) => of.filter(({ taskId }) => nameOf(byTask.get(taskId)) === column).length);
    return `| ${[name, ...found].join(' | ')} |`;
  });
  const heading = `| by hand \\ strict | ${COLUMNS.join(' | ')} |`;
  return [heading, `| --- |${' ---: |'.repeat(COLUMNS.length)}`, ...lines].join('\n');
}

/** The rows that a rule gets wrong, as a table in Markdown. */
export function renderWrong({ wrong }: Agreement): string {
  const lines = wrong.map(({ label, row }) => {
    const hand = `${label.fault ?? 'pass'}: ${label.detail}${label.isCertain ? '' : ' (low)'}`;
    const found = `${row.verdict}, ${row.fault ?? '-'}, ${row.errorClass ?? '-'} (${row.confidence})`;
    return `| ${label.taskId} | ${hand} | ${found} | ${row.evidence.slice(0, 100).replaceAll('|', '\\|').replaceAll('\n', ' ')} |`;
  });
  return ['| task | by hand | strict | its evidence |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function nameOf(row: RescoredRun | undefined): string {
  return row?.fault ?? (row?.verdict === 'pass' ? 'pass' : '-');
}

function isSamePass({ label, row }: Agreement['wrong'][number]): boolean {
  return label.isPass === (row.verdict === 'pass');
}
