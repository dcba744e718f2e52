import MiniSearch from 'minisearch';
import type { Entry } from '../parse/knowledge.js';
import { type Name, nameOf, similarity, tokensOf } from './names.js';
import type { Question, Wanted } from './question.js';

/** What a look-up gives at most. */
export const MOST_ENTRIES = 5;

/** Names that are less alike than this are no candidates. */
const LEAST_ALIKE = 0.42;
/** Entries below this answer nothing that was asked. */
const LEAST = 0.55;
const MOST_BY_WORDS = 40;

/** An entry with what is compared again and again. */
interface Known {
  readonly entry: Entry;
  readonly last: string;
  /** All its paths, the shortest first, without their last component. */
  readonly parents: readonly (readonly string[])[];
}

/** The entries of one environment, in memory, to be searched by names and by words. */
export class KnowledgeIndex {
  readonly #known: readonly Known[];
  readonly #byLast = new Map<string, { readonly name: Name; readonly those: Known[] }>();
  readonly #byName = new Map<string, Entry>();
  readonly #words: MiniSearch<{ id: number; name: string; doc: string }>;

  /** Takes a second or two for 50,000 entries. */
  constructor(entries: readonly Entry[]) {
    this.#known = entries.map(known);
    for (const each of this.#known) {
      const same = this.#byLast.get(each.last) ?? { name: nameOf(each.last), those: [] };
      this.#byLast.set(each.last, same);
      same.those.push(each);
      for (const name of [each.entry.name, ...each.entry.also]) {
        if (!this.#byName.has(name)) this.#byName.set(name, each.entry);
      }
    }
    this.#words = new MiniSearch({ fields: ['name', 'doc'], tokenize: tokensOf, processTerm: (term) => term });
    const documents = entries.map(({ name, doc, parameters }, id) => {
      return { id, name, doc: `${doc} ${parameters.map((each) => each.split(':', 1)[0]).join(' ')}` };
    });
    this.#words.addAll(documents);
  }

  /** The entries that answer a question, best first, at most five; the same ones each time. */
  find({ wanted, words, packages }: Question): Entry[] {
    const scores = new Map<Entry, number>();
    const note = (entry: Entry, score: number): void => {
      scores.set(entry, Math.max(scores.get(entry) ?? 0, score));
    };
    for (const each of wanted) this.#byPath(each, packages, note);
    this.#byWords(words, wanted.length > 0, note);
    this.#successors(scores);
    const ranked = [...scores].filter(([, score]) => score >= LEAST);
    ranked.sort(([a, one], [b, two]) => two - one || depth(a) - depth(b) || (a.name < b.name ? -1 : 1));
    return spread(ranked.map(([entry]) => entry));
  }

  #byPath(wanted: Wanted, packages: ReadonlySet<string>, note: (entry: Entry, score: number) => void): void {
    const last = nameOf(wanted.path.at(-1) ?? '');
    const path = wanted.path.slice(0, -1);
    const classes = this.#classesOf(path, packages);
    const place = {
      path,
      isMember: wanted.isMember,
      bases: new Set(classes.flatMap(({ name, bases }) => [name, ...bases])),
      roots: new Set([
        path[0] === 'tensorflow' ? 'keras' : '',
        ...[...path.slice(0, 1), ...classes.map(({ name }) => name)].map(rootOf),
      ]),
    };
    for (const { name, those } of this.#byLast.values()) {
      const alike = similarity(last, name);
      if (alike < LEAST_ALIKE) continue;
      for (const { entry, parents } of those) {
        let near = 0;
        for (const parent of parents) near = Math.max(near, nearness(place, parent));
        const used = packages.has(rootOf(entry.name)) ? 0.05 : 0;
        note(entry, wanted.weight * (alike + near + used - drawback(entry, wanted)));
      }
    }
  }

  /** The classes that a path may end with: of the packages that the program imports, where there are some. */
  #classesOf(path: readonly string[], packages: ReadonlySet<string>): Entry[] {
    const exact = this.#byName.get(path.join('.'));
    const all =
      exact === undefined ? (this.#byLast.get(path.at(-1) ?? '')?.those ?? []).map(({ entry }) => entry) : [exact];
    const classes = all.filter(({ kind }) => kind === 'class');
    const used = classes.filter(({ name }) => packages.has(rootOf(name)));
    return used.length > 0 ? used : classes;
  }

  #byWords(words: string, isBeside: boolean, note: (entry: Entry, score: number) => void): void {
    const options = { boost: { name: 3 }, prefix: (term: string) => term.length > 3, fuzzy: isBeside ? false : 0.2 };
    const found = this.#words.search(words, options).slice(0, MOST_BY_WORDS);
    const best = found[0]?.score ?? 1;
    for (const { id, score } of found) {
      const entry = this.#known[id as number]?.entry;
      if (entry !== undefined) note(entry, (isBeside ? 0.75 : 1) * (0.4 + (0.6 * score) / best));
    }
  }

  /** What an entry that is gone or going names in its place stands just below it. */
  #successors(scores: Map<Entry, number>): void {
    for (const [entry, score] of scores) {
      if (entry.deprecated === null || score < 1) continue;
      const root = rootOf(entry.name);
      for (const path of namedIn(entry.deprecated)) {
        const found = this.#byName.get(path) ?? this.#byName.get(`${root}.${path}`);
        if (found === undefined || found === entry || found.kind === 'module') continue;
        // `True` and `None` are entries too; `numpy.inf` is an answer.
        if (found.kind === 'value' && !path.includes('.')) continue;
        scores.set(found, Math.max(scores.get(found) ?? 0, score - 0.01));
      }
    }
  }
}

function known(entry: Entry): Known {
  const paths = [entry.name, ...entry.also].map((path) => path.split('.'));
  return { entry, last: paths[0]?.at(-1) ?? '', parents: paths.map((path) => path.slice(0, -1)) };
}

/** Paths in a notice. A word without a dot is one where it is marked as code, or follows "use" or "builtin". */
function namedIn(notice: string): string[] {
  const names = [...notice.matchAll(/(`|\b(?:use|builtin) )?([A-Za-z_][\w.]*\w)/gi)];
  return names.flatMap(([, mark, name = '']) =>
    mark === undefined && !name.includes('.') ? [] : name.replace(/^np\./, 'numpy.'),
  );
}

function depth({ name }: Entry): number {
  return name.split('.').length;
}

/** Where a name should be. */
interface Place {
  readonly path: readonly string[];
  readonly isMember: boolean;
  /** The classes that its owner may be, and their bases. */
  readonly bases: ReadonlySet<string>;
  /** Packages that it should be in. */
  readonly roots: ReadonlySet<string>;
}

function rootOf(name: string): string {
  return name.split('.', 1)[0] ?? '';
}

/** How much of where a name should be is where it is: from 0 to 0.4. */
function nearness({ path, isMember, bases, roots }: Place, found: readonly string[]): number {
  if (path.length === 0) return 0;
  const owner = path.at(-1);
  if (found.length > 0 && bases.has(found.join('.'))) return owner === found.at(-1) ? 0.4 : 0.3;
  if (path.join('.') === found.join('.')) return 0.4;
  const shared = path.filter((part) => found.includes(part)).length / Math.max(path.length, found.length);
  return (roots.has(found[0] ?? '') ? 0.12 : 0) + 0.18 * shared + (isMember && owner === found.at(-1) ? 0.1 : 0);
}

function drawback({ name, kind, deprecated }: Entry, { isMember }: Wanted): number {
  const isOwned = kind === 'method' || kind === 'attribute';
  const place = /\.(?:compat|experimental)\./.test(name) ? 0.06 : 0;
  return (
    place +
    0.01 * name.split('.').length +
    (deprecated === null || kind === 'removed' ? 0 : 0.04) +
    (isOwned && !isMember ? 0.12 : 0) +
    (kind === 'value' || kind === 'record' ? 0.08 : 0)
  );
}

/** At most two entries of one last component: five classes with the same method say no more than one. */
function spread(ranked: readonly Entry[]): Entry[] {
  const taken = new Map<string, number>();
  const found: Entry[] = [];
  for (const entry of ranked) {
    const last = entry.name.split('.').at(-1) ?? '';
    const times = taken.get(last) ?? 0;
    if (times >= 2) continue;
    taken.set(last, times + 1);
    found.push(entry);
    if (found.length === MOST_ENTRIES) break;
  }
  return found;
}
