import { DEFINITIONS, type MetricName } from './definitions.js';

/** Samples of a metric of ours: labels whose values need no escaping, and a number. */
export type Samples = readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];

/** What is scraped: the metrics of all sources, each family once, as the format wants it. Their labels must tell them apart. */
export function mergeExpositions(texts: readonly string[]): string {
  const families = new Map<string, { readonly head: Map<string, string>; readonly samples: string[] }>();
  for (const text of texts) {
    let current: string[] = [];
    for (const line of text.split('\n')) {
      const [, keyword = '', name = ''] = /^# (HELP|TYPE) (\S+)/.exec(line) ?? [];
      if (name === '') {
        if (line !== '' && !line.startsWith('#')) current.push(line);
        continue;
      }
      const family = families.get(name) ?? { head: new Map(), samples: [] };
      families.set(name, family);
      if (!family.head.has(keyword)) family.head.set(keyword, line);
      current = family.samples;
    }
  }
  return [...families]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { head, samples }]) => `${[...head.values(), ...samples].join('\n')}\n`)
    .join('');
}

/** One of our metrics in the text format. */
export function renderFamily(name: MetricName, samples: Samples): string {
  const { kind, help } = DEFINITIONS[name];
  const lines = samples.map(([labels, value]) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
    return `${name}{${pairs.join(',')}} ${value}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.join('')}`;
}
