/** What is known of one function, class or model of a library: what a task is drafted from. */
export interface DocRecord {
  /** Becomes the task's id. */
  readonly id: string;
  /** Name of the package, e.g. "scikit-learn". */
  readonly library: string;
  /** Of the package where the documentation was read; null where it is not known. */
  readonly version: string | null;
  /** As a program names it, e.g. "numpy.percentile"; of an API record the name of its model. */
  readonly name: string;
  readonly signature: string | null;
  readonly documentation: string;
  /** Where the documentation comes from: a file and its line, or the environment that it was read in. */
  readonly source: string;
  /** Kind of work, e.g. "Tabular Data"; null where nobody said. */
  readonly domain: string | null;
}

/** A record whose documentation may still have to be read in the environment's library: then it is null. */
export type WantedRecord = Omit<DocRecord, 'documentation'> & { readonly documentation: string | null };

/** What tasks are to be drafted from: these records, and what there is of whole libraries. */
export interface Wanted {
  readonly records: readonly WantedRecord[];
  readonly libraries: readonly string[];
}
