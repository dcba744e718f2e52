/** What a sweep is written as: rows of a table, or its answers for `replay:`. */
export const FORMATS = ['jsonl', 'csv', 'parquet', 'replay'] as const;
export type Format = (typeof FORMATS)[number];

/** Which rows. */
export const TABLES = ['cells', 'attempts'] as const;
export type Table = (typeof TABLES)[number];
