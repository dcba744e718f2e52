/** Modules that a fork server imports once, for all the programs that use some of them. */
export interface ImportSet {
  readonly name: string;
  /** Top-level packages of which a program imports one, if this set is for it. */
  readonly when: readonly string[];
  readonly modules: readonly string[];
  /** The set of a server that few programs of this one can do with: they import the rest themselves, which costs less than a start. */
  readonly instead?: ImportSet;
}

/** What programs import most from the standard library, and what little it takes to have it there: every page of memory makes every fork dearer. */
const COMMON =
  'abc array bisect collections collections.abc contextlib copy dataclasses enum functools heapq io itertools json math operator os pathlib random re string struct threading time traceback types typing warnings'.split(
    ' ',
  );

/** Imported by few programs, and together as large as all that is common; not the heavy and rare ones (asyncio, sqlite3). */
const LESS_COMMON =
  'ast base64 calendar cmath csv datetime decimal fractions hashlib inspect logging pickle queue shutil statistics subprocess tempfile textwrap unicodedata unittest uuid wave'.split(
    ' ',
  );

/** For programs of the standard library alone: most of them, and the others. */
const PLAIN: ImportSet = { name: 'plain', when: [], modules: COMMON };
const STANDARD: ImportSet = {
  name: 'standard',
  when: LESS_COMMON,
  modules: [...COMMON, ...LESS_COMMON],
  instead: PLAIN,
};

const IMPORT = /^[ \t]*(?:from[ \t]+(\w+)[\w.]*[ \t]+import\b|import[ \t]+([\w., \t]+))/gm;

/**
 * The first set of which a source imports something, with what servers have of the standard library besides. A guess from the
 * text is enough: what is not imported ahead the program imports itself, only slower.
 */
export function chooseImportSet(sets: readonly ImportSet[], source: string): ImportSet {
  const imported = importedPackages(source);
  const isFor = ({ when }: ImportSet): boolean => when.some((name) => imported.has(name));
  const found = sets.find(isFor);
  if (found !== undefined) return { ...found, modules: [...STANDARD.modules, ...found.modules] };
  return isFor(STANDARD) ? STANDARD : PLAIN;
}

/** Top-level packages that a source imports, also in a text of it that is to be run later: told by its lines, not parsed. */
export function importedPackages(source: string): Set<string> {
  const imported = new Set<string>();
  for (const [, from, names] of source.matchAll(IMPORT)) {
    for (const name of from === undefined ? (names ?? '').split(',') : [from]) {
      imported.add(/^\s*(\w*)/.exec(name)?.[1] ?? '');
    }
  }
  return imported;
}
