/** Modules that a fork server imports once, for all the programs that use some of them. */
export interface ImportSet {
  readonly name: string;
  /** Top-level packages of which a program imports one, if this set is for it. */
  readonly when: readonly string[];
  readonly modules: readonly string[];
}

/** For programs of the standard library alone. */
export const PLAIN: ImportSet = { name: 'plain', when: [], modules: [] };

const IMPORT = /^[ \t]*(?:from[ \t]+(\w+)[\w.]*[ \t]+import\b|import[ \t]+([\w., \t]+))/gm;

/**
 * The first set of which a source imports something. A guess from the text is enough: what is not imported ahead the
 * program imports itself, only slower.
 */
export function chooseImportSet(sets: readonly ImportSet[], source: string): ImportSet {
  const imported = importedPackages(source);
  return sets.find(({ when }) => when.some((name) => imported.has(name))) ?? PLAIN;
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
