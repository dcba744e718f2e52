import { groupBy } from '../domain/group-by.js';
import type { GroupSummary, Summary } from './summarise.js';
import { clip, grouped, percent, range } from './text.js';

const MAX_WIDTH = 100;
const GAP = '  ';

interface Column {
  /** Long and short heading: the short ones are used where the long ones don't fit. */
  readonly headings: readonly [long: string, short: string];
  readonly cell: (group: GroupSummary) => string;
}

const COLUMNS: readonly Column[] = [
  { headings: ['pass@1', 'pass@1'], cell: (group) => percent(group['pass@1']?.all.value) },
  { headings: ['95 % interval', '95 %'], cell: (group) => range(group['pass@1']?.all ?? { low: null, high: null }) },
  { headings: ['pass', 'pass'], cell: ({ pass }) => grouped(pass) },
  { headings: ['fail', 'fail'], cell: ({ fail }) => grouped(fail) },
  { headings: ['unverified', 'unver.'], cell: ({ unverified }) => grouped(unverified) },
  { headings: ['unscored', 'unsc.'], cell: ({ unscored }) => grouped(unscored) },
  { headings: ['tokens', 'tokens'], cell: ({ tokens }) => grouped(tokens.prompt + tokens.completion) },
  { headings: ['seconds', 'sec.'], cell: ({ seconds }) => grouped(Math.round(seconds.generate + seconds.execute)) },
];

/**
 * The terminal's table of a summary: a heading for each suite and model, a row for each strategy. Plain text without a
 * final line end; the table (not its notes) is at most `width`, and never more than 100, columns wide where the figures allow it.
 */
export function renderTable({ groups }: Summary, width: number = MAX_WIDTH): string {
  if (groups.length === 0) return 'No cells have finished yet.';
  const limit = Math.min(width, MAX_WIDTH);
  const figures = groups.map((group) => COLUMNS.map(({ cell }) => cell(group)));
  const labels = groups.map((group) => `${GAP}${strategyLabel(group)}`);
  const labelWidth = widest(labels);
  const [long, short] = [0, 1].map((which) => columnWidths(figures, which as 0 | 1)) as [number[], number[]];
  const isLong = labelWidth + tableWidth(long) <= limit;
  const widths = isLong ? long : short;
  const first = Math.max(8, Math.min(labelWidth, limit - tableWidth(widths)));
  const line = (label: string, cells: readonly string[]): string =>
    [clip(label, first).padEnd(first), ...cells.map((cell, index) => cell.padStart(widths[index] ?? 0))].join(GAP);
  const rows = groupBy(groups.keys(), (index) => heading(groups[index]));
  const body = [...rows].flatMap(([title, indices]) => [
    clip(title, limit),
    ...indices.map((index) => line(labels[index] ?? '', figures[index] ?? [])),
  ]);
  const headings = COLUMNS.map((column) => column.headings[isLong ? 0 : 1]);
  return [line('', headings), ...body, '', ...footnotes(groups)].join('\n');
}

function columnWidths(figures: readonly string[][], which: 0 | 1): number[] {
  return COLUMNS.map(({ headings }, index) => widest([headings[which], ...figures.map((row) => row[index] ?? '')]));
}

function tableWidth(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + GAP.length + width, 0);
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => text.length));
}

function heading(group: GroupSummary | undefined): string {
  return group === undefined ? '' : `${group.suite}, ${group.model}`;
}

/** "react x3, tests": the strategy, its rounds if it may take several, and what it may see of the tests. */
export function strategyLabel({
  strategy,
  rounds,
  feedback,
}: Pick<GroupSummary, 'strategy' | 'rounds' | 'feedback'>): string {
  const times = rounds > 1 ? ` x${rounds}` : '';
  return feedback === 'none' ? `${strategy}${times}` : `${strategy}${times}, ${feedback}`;
}

function footnotes(groups: readonly GroupSummary[]): string[] {
  const notes = [
    'pass@1 over all cells; unverified and unscored cells never count as a pass.',
    'Seconds: model and sandbox together.',
  ];
  for (const group of groups.filter(({ no_code: codeless }) => codeless > 0)) {
    notes.push(
      `${heading(group)}, ${strategyLabel(group)}: in ${group.no_code} of the failed cells the answer held no code.`,
    );
  }
  const partly = groups.filter(({ unscored }) => unscored > 0);
  for (const group of partly) {
    const { value } = group['pass@1']?.judged ?? {};
    notes.push(
      `${heading(group)}, ${strategyLabel(group)}: pass@1 over the ${group.judged} judged cells is ${percent(value)}.`,
    );
  }
  return notes;
}
