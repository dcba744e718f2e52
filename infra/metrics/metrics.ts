import type { MetricMeter } from '@temporalio/common';
import { type Definition, DEFINITIONS, type MetricName } from './definitions.js';

type LabelsOf<N extends MetricName> = { readonly [L in keyof (typeof DEFINITIONS)[N]['labels']]: string };
type NamesOf<K> = { [N in MetricName]: (typeof DEFINITIONS)[N]['kind'] extends K ? N : never }[MetricName];

/** What work is counted with. */
export interface Metrics {
  /** Adds to a counter, a whole number. */
  count<N extends NamesOf<'counter'>>(name: N, labels: LabelsOf<N>, by?: number): void;
  /** Changes a gauge by a whole number. */
  move<N extends NamesOf<'gauge'>>(name: N, labels: LabelsOf<N>, by: number): void;
  /** One value of a histogram, in the unit of its name. */
  observe<N extends NamesOf<'histogram'>>(name: N, labels: LabelsOf<N>, value: number): void;
}

/** Where nobody asks. */
export const NO_METRICS: Metrics = {
  count: () => undefined,
  move: () => undefined,
  observe: () => undefined,
};

/** Values that a label may have before all further ones are called `other`: each costs a time series for good. */
const MOST_VALUES = 100;
const OTHER = 'other';

type Note = (value: number, labels: Readonly<Record<string, string>>) => void;

/**
 * The metrics of these roles on a meter of Temporal's, which shows them beside its own. Those whose labels are all known begin
 * at 0, so that a rate sees their first event.
 */
export function openMetrics(meter: MetricMeter, roles: readonly string[]): Metrics {
  const open = new Map<string, Note>();
  for (const [name, definition] of Object.entries<Definition>(DEFINITIONS)) {
    if (!definition.roles.some((role) => roles.includes(role))) continue;
    const record = bounded(recorder(meter, name, definition));
    open.set(name, record);
    if (definition.kind !== 'histogram') for (const labels of combinations(definition)) record(0, labels);
  }
  const note = (name: string, value: number, labels: Readonly<Record<string, string>>): void =>
    open.get(name)?.(value, labels);
  return {
    count: (name, labels, by = 1) => note(name, by, labels),
    move: (name, labels, by) => note(name, by, labels),
    observe: (name, labels, value) => note(name, value, labels),
  };
}

/** The buckets of all histograms, for the exporter. */
export function bucketsByName(): Record<string, number[]> {
  const found: Record<string, number[]> = {};
  for (const [name, { buckets }] of Object.entries<Definition>(DEFINITIONS)) {
    if (buckets !== undefined) found[name] = [...buckets];
  }
  return found;
}

function recorder(meter: MetricMeter, name: string, { kind, help }: Definition): Note {
  if (kind === 'counter') {
    // The exporter ends counters' names in _total by itself.
    const counter = meter.createCounter(name.replace(/_total$/, ''), undefined, help);
    return (value, labels) => counter.add(value, labels);
  }
  if (kind === 'gauge') {
    // Not one that is set: a process may have several sandboxes that share a label's value.
    const gauge = meter.createUpDownCounter?.(name, undefined, help);
    return (value, labels) => gauge?.add(value, labels);
  }
  const histogram = meter.createHistogram(name, 'float', undefined, help);
  return (value, labels) => histogram.record(value, labels);
}

/** A user may have ten thousand models, but not ten thousand time series. */
function bounded(record: Note): Note {
  const seen = new Map<string, Set<string>>();
  const one = ([label, value]: readonly [string, string]): [string, string] => {
    const values = seen.get(label) ?? new Set();
    seen.set(label, values);
    if (values.size < MOST_VALUES) values.add(value);
    return [label, values.has(value) ? value : OTHER];
  };
  return (value, labels) => record(value, Object.fromEntries(Object.entries(labels).map(one)));
}

/** All combinations of a metric's labels; none where a label has values that are not known ahead. */
function combinations({ labels }: Definition): Record<string, string>[] {
  let found: Record<string, string>[] = [{}];
  for (const [label, values] of Object.entries(labels)) {
    found = found.flatMap((before) => (values ?? []).map((value) => ({ ...before, [label]: value })));
  }
  return found;
}
