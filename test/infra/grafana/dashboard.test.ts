import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { packagePath } from '../../../infra/package-path.js';

const datasource = z.object({ type: z.literal('prometheus'), uid: z.literal('${datasource}') });
const position = z.strictObject({ h: z.int().min(1), w: z.int().min(1).max(24), x: z.int().min(0), y: z.int().min(0) });
const panelSchema = z.object({
  id: z.int().positive(),
  type: z.enum(['row', 'stat', 'timeseries']),
  title: z.string().min(1),
  description: z.string().min(1).optional(),
  gridPos: position,
  datasource: datasource.optional(),
  fieldConfig: z.object({ defaults: z.object({ unit: z.string().min(1) }) }).optional(),
  targets: z
    .array(z.object({ refId: z.string().length(1), datasource, expr: z.string().min(1), legendFormat: z.string() }))
    .default([]),
});
const variableSchema = z.object({
  name: z.string(),
  type: z.enum(['datasource', 'query']),
  datasource: datasource.optional(),
  query: z.union([z.literal('prometheus'), z.object({ query: z.string(), refId: z.string() })]),
});
const { panels, templating, ...dashboard } = z
  .object({
    id: z.null(),
    uid: z.string().min(1).max(40),
    title: z.string().min(1),
    schemaVersion: z.int().min(36),
    panels: z.array(panelSchema),
    templating: z.object({ list: z.array(variableSchema) }),
  })
  .parse(JSON.parse(readFileSync(packagePath('infra/grafana/aicodereval.json'), 'utf8')));
const graphs = panels.filter(({ type }) => type !== 'row');
const targets = graphs.flatMap(({ title, targets }) => targets.map((target) => ({ title, ...target })));

/** What Grafana puts in the place of its variables before Prometheus sees a query. */
const VARIABLES: Readonly<Record<string, string>> = {
  $__rate_interval: '1m',
  $__range: '3h',
  $instance: '.*',
  $model: '.*',
};

function filledIn(expr: string): string {
  return expr.replaceAll(/\$\w+/g, (name) => VARIABLES[name] ?? name);
}

/** The names of series that a query asks for, and what of it is no PromQL. */
function read(expr: string): { metrics: string[]; labels: string[]; errors: string[] } {
  const found = { metrics: [] as string[], labels: [] as string[], errors: [] as string[] };
  parser.parse(expr).iterate({
    enter({ type, from, to }) {
      const text = expr.slice(from, to);
      if (type.isError) found.errors.push(`at ${from}: ${expr}`);
      if (type.name === 'Identifier') found.metrics.push(text);
      if (type.name === 'LabelName') found.labels.push(text);
    },
  });
  return found;
}

/** The series that docs/metrics-prometheus.md promises, with their labels and what Prometheus adds to all. */
function series(): Map<string, Set<string>> {
  const rows = [
    ...readFileSync(packagePath('docs/metrics-prometheus.md'), 'utf8').matchAll(
      /^\| `(?<name>\w+)` +\| (?<type>\w+) +\| [^|]*\| (?<labels>[^|]*)\|/gm,
    ),
  ];
  return new Map(
    rows.flatMap(({ groups: { name = '', type = '', labels = '' } = {} }): [string, Set<string>][] => {
      const has = new Set([...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label).concat('instance', 'job'));
      if (type !== 'histogram') return [[name, has]];
      return [
        [`${name}_bucket`, new Set([...has, 'le'])],
        [`${name}_sum`, has],
        [`${name}_count`, has],
      ];
    }),
  );
}

test('every query is PromQL', () => {
  expect(targets.length).toBeGreaterThan(30);
  expect(targets.flatMap(({ expr }) => read(filledIn(expr)).errors)).toEqual([]);
  // The parser does find what is wrong.
  expect(read('sum(rate(a[1m])').errors).not.toEqual([]);
  expect(read('rate(a[$__rate_interval])').errors).not.toEqual([]);
});

test('every query asks for series that there are, by labels that they have', () => {
  const known = series();
  expect(known.size).toBeGreaterThan(60);
  const wrong = targets.flatMap(({ title, expr }) => {
    const { metrics, labels } = read(filledIn(expr));
    const has = metrics.map((metric) => known.get(metric));
    const strange = labels.filter((label) => !has.every((of) => of?.has(label)));
    return metrics.length > 0 && strange.length === 0 ? [] : [`${title}: ${metrics.join()} by ${strange.join()}`];
  });
  expect(wrong).toEqual([]);
});

test('a legend names labels that its query keeps', () => {
  const wrong = targets.flatMap(({ title, expr, legendFormat }) => {
    const kept = [...expr.matchAll(/by \((?<labels>[^)]*)\)/g)].map(({ groups }) =>
      (groups?.['labels'] ?? '').split(',').map((label) => label.trim()),
    );
    const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
    return named.every((label) => kept.length > 0 && kept.every((labels) => labels.includes(label)))
      ? []
      : [`${title}: ${legendFormat}`];
  });
  expect(wrong).toEqual([]);
});

test('every metric of ours is on it', () => {
  const shown = new Set(targets.flatMap(({ expr }) => read(filledIn(expr)).metrics));
  const missing = [...series().keys()]
    .map((name) => name.replace(/_(?:bucket|sum|count)$/, ''))
    .filter((name) => !name.startsWith('temporal_') && name !== 'aicodereval_build_info')
    .filter((name) => ![name, `${name}_bucket`, `${name}_sum`].some((one) => shown.has(one)));
  expect(missing).toEqual([]);
});

test('panels have ids of their own, a unit, a description, queries, and the chosen Prometheus', () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  for (const { title, description, datasource, fieldConfig, targets } of graphs) {
    expect([title, description, datasource, fieldConfig]).not.toContain(undefined);
    expect(targets.length).toBeGreaterThan(0);
    expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
  }
});

test('no panel lies over another, or outside of the grid', () => {
  const taken = new Map<string, string>();
  const clashes: string[] = [];
  for (const { title, gridPos } of panels) {
    const { x, y, w, h } = gridPos;
    if (x + w > 24) clashes.push(`${title} is too wide`);
    for (let at = 0; at < w * h; at += 1) {
      const place = `${x + (at % w)} ${y + Math.floor(at / w)}`;
      const other = taken.get(place);
      if (other !== undefined) clashes.push(`${title} lies over ${other}`);
      taken.set(place, title);
    }
  }
  expect([...new Set(clashes)]).toEqual([]);
});

test('variables are those that queries use, and find values of series that there are', () => {
  const names = templating.list.map(({ name }) => name);
  const used = new Set(targets.flatMap(({ expr }) => [...expr.matchAll(/\$(\w+)/g)].map(([, name = '']) => name)));
  const own = [...used].filter((name) => !name.startsWith('__')).concat('datasource');
  expect(own.toSorted()).toEqual(names.toSorted());
  expect([...used].map((name) => `$${name}`).filter((name) => !(name in VARIABLES))).toEqual([]);
  const known = series();
  for (const { type, query, datasource } of templating.list) {
    if (typeof query === 'string') {
      expect(type).toBe('datasource');
      continue;
    }
    expect(datasource).toBeDefined();
    const { metric = '', label = '' } =
      /^label_values\((?<metric>\w+), (?<label>\w+)\)$/.exec(query.query)?.groups ?? {};
    expect([query.query, known.get(metric)?.has(label)]).toEqual([query.query, true]);
  }
  expect(dashboard.uid).toBe('aicodereval');
});
