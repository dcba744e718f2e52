import { groupBy } from '../../domain/group-by.js';

/** One time series of a scrape. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One metric of a scrape, with its samples in their order. */
export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

const SAMPLE = /^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? (?<value>[^ ]+)$/;
const LABEL = /(?<label>[a-zA-Z_]\w*)="(?<text>(?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/y;
const NUMBER = /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[+-]Inf|NaN)$/i;
const ENDINGS = { counter: [''], gauge: [''], histogram: ['_bucket', '_sum', '_count'] } as const;

/**
 * Reads Prometheus' text format, version 0.0.4, and throws at all that its specification forbids: a metric in two places,
 * a sample before its type or of another metric, a series twice, a counter that falls below 0 or has another ending than `_total`,
 * a histogram whose buckets are out of order, shrink, or do not end in its count.
 */
export function parseExposition(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, Family & { samples: Sample[] }>();
  let current: (Family & { samples: Sample[] }) | null = null;
  let help: { name: string; text: string } | null = null;
  for (const line of text.slice(0, -1).split('\n')) {
    const head = /^# (?<keyword>HELP|TYPE) (?<name>[a-zA-Z_:][\w:]*) (?<rest>.+)$/.exec(line)?.groups;
    if (head === undefined) {
      if (current === null) throw new Error(`no type before: ${line}`);
      current.samples.push(sampleOf(line, current));
      continue;
    }
    const { keyword, name = '', rest = '' } = head;
    if (families.has(name)) throw new Error(`${name} stands in two places`);
    if (keyword === 'HELP') {
      help = { name, text: rest };
      continue;
    }
    if (help?.name !== name) throw new Error(`${name} has a type but no help`);
    if (!(rest in ENDINGS)) throw new Error(`${name} has the type ${rest}`);
    current = { name, type: rest, help: help.text, samples: [] };
    families.set(name, current);
  }
  for (const family of families.values()) check(family);
  return families;
}

function sampleOf(line: string, { name: family, type }: Family): Sample {
  const { name = '', labels = '', value = '' } = SAMPLE.exec(line)?.groups ?? {};
  const endings: readonly string[] = ENDINGS[type as keyof typeof ENDINGS];
  if (!endings.some((ending) => name === family + ending)) throw new Error(`no sample of ${family}: ${line}`);
  if (!NUMBER.test(value)) throw new Error(`no number: ${line}`);
  const found: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < labels.length) {
    const { label = '', text = '' } = LABEL.exec(labels)?.groups ?? {};
    if (label === '' || label in found) throw new Error(`wrong labels: ${line}`);
    found[label] = text;
  }
  return { name, labels: found, value: value === '+Inf' ? Infinity : Number(value) };
}

function check({ name, type, samples }: Family): void {
  const series = samples.map(({ name, labels }) => `${name} ${keyOf(labels)}`);
  if (new Set(series).size < series.length) throw new Error(`${name} has a series twice`);
  if ((type === 'counter') !== name.endsWith('_total')) throw new Error(`${name} is a ${type}`);
  if (type === 'counter' && samples.some(({ value }) => !(value >= 0))) throw new Error(`${name} is below 0`);
  if (type === 'histogram') checkHistogram(name, samples);
}

function checkHistogram(name: string, samples: readonly Sample[]): void {
  const byLabels = groupBy(samples, ({ labels }) => keyOf({ ...labels, le: '' }));
  for (const [labels, of] of byLabels) {
    const buckets = of.filter((one) => one.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels: { le = '' } }) => (le === '+Inf' ? Infinity : Number(le)));
    const counts = buckets.map(({ value }) => value);
    const count = of.find((one) => one.name === `${name}_count`)?.value;
    const isRising = (list: readonly number[], least: number): boolean =>
      list.every((value, at) => at === 0 || value - (list[at - 1] ?? 0) >= least);
    if (!isRising(bounds, Number.MIN_VALUE) || bounds.at(-1) !== Infinity) throw new Error(`${name} ${labels}: bounds`);
    if (!isRising(counts, 0) || counts.at(-1) !== count) throw new Error(`${name} ${labels}: counts`);
    if (of.filter((one) => one.name === `${name}_sum`).length !== 1) throw new Error(`${name} ${labels}: no sum`);
  }
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The sum of a metric's samples that have these labels; 0 where there is none. */
export function total(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const family = families.get(name.replace(/_(?:sum|count)$/, '')) ?? families.get(name);
  return (family?.samples ?? [])
    .filter((sample) => sample.name === name)
    .filter((sample) => Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);
}
