/** What a sweep is written as: a line a cell, a table, or its answers for `replay:`. */
export const FORMATS = ['jsonl', 'csv', 'replay'] as const;
export type Format = (typeof FORMATS)[number];

/** Which rows. */
export const TABLES = ['cells', 'attempts'] as const;
export type Table = (typeof TABLES)[number];
