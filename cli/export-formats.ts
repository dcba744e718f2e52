/** What a sweep is written as: rows of a table, its answers for `replay:`, or files that other harnesses' tools read. */
export const FORMATS = ['jsonl', 'csv', 'parquet', 'replay', 'inspect', 'evalplus'] as const;
export type Format = (typeof FORMATS)[number];

/** Which rows. */
export const TABLES = ['cells', 'attempts'] as const;
export type Table = (typeof TABLES)[number];
