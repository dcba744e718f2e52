/** What the table of cells shows; empty strings choose everything. */
export interface Filters {
  readonly text: string;
  readonly suite: string;
  readonly model: string;
  readonly strategy: string;
  readonly verdict: string;
  readonly error: string;
  readonly domain: string;
  readonly library: string;
  /** A task's id, whole. */
  readonly task: string;
  /** Name of the column, with "-" before it for the largest first. */
  readonly sort: string;
  /** From 0. */
  readonly page: number;
}

export const NO_FILTERS: Filters = {
  text: '',
  suite: '',
  model: '',
  strategy: '',
  verdict: '',
  error: '',
  domain: '',
  library: '',
  task: '',
  sort: 'task',
  page: 0,
};

/** What the page shows: everything, or one cell and one of its rounds (null for the one that was handed in). */
export type Route =
  | { readonly view: 'overview'; readonly filters: Filters; readonly section: string | null }
  | { readonly view: 'cell'; readonly id: string; readonly round: number | null };

/** Reads the part of the address after "#"; anything else shows everything. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const values = new URLSearchParams(query);
  if (path.startsWith('/cell/')) {
    const round = Number(values.get('round'));
    return { view: 'cell', id: decoded(path.slice('/cell/'.length)), round: round > 0 ? round : null };
  }
  const texts = Object.fromEntries([...values].filter(([name]) => Object.hasOwn(NO_FILTERS, name) && name !== 'page'));
  const page = Math.max(0, Math.floor(Number(values.get('page')) || 0));
  return { view: 'overview', filters: { ...NO_FILTERS, ...texts, page }, section: /^\/(\w+)$/.exec(path)?.[1] ?? null };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a cell, or of one of its rounds. */
export function cellHash(id: string, round: number | null = null): string {
  // Half a pair has no escape: such a name can't be linked to, and is shown all the same.
  return `#/cell/${encodeURIComponent(id.toWellFormed())}${round === null ? '' : `?round=${round}`}`;
}

/** The address of the table with these filters; those that choose everything are left out. */
export function tableHash(filters: Partial<Filters>, section = 'cells'): string {
  const wanted = Object.entries(filters).filter(([name, value]) => value !== NO_FILTERS[name as keyof Filters]);
  const query = new URLSearchParams(wanted.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return `#/${section}${query === '' ? '' : `?${query}`}`;
}
