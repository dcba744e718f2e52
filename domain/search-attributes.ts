/**
 * What an operator filters by in Temporal. SQL visibility has 10 Keyword, 3 Int, 3 Double and 3 Bool columns for a
 * whole namespace, so additions are dear. Never a prompt, a program or a secret: these are stored in clear.
 */
export const SEARCH_ATTRIBUTES = {
  CgSweep: 'KEYWORD',
  CgSuite: 'KEYWORD',
  CgTask: 'KEYWORD',
  CgModel: 'KEYWORD',
  CgStrategy: 'KEYWORD',
  CgVerdict: 'KEYWORD',
  CgErrorClass: 'KEYWORD',
  CgPool: 'KEYWORD',
  CgSample: 'INT',
  CgAttempts: 'INT',
  CgTokens: 'INT',
  CgCostUsd: 'DOUBLE',
  CgPassed: 'BOOL',
} as const;
