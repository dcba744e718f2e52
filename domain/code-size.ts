import type { Candidate } from './candidate.js';

/** The name of what counts code tokens here: another one gives other numbers, so it stands beside each of them. */
export const CODE_TOKENIZER = 'words-numbers-signs';

/** Non-blank lines; and names, numbers and single signs, also those in strings and comments, as tokens. */
export function measureCode(code: string): Pick<Candidate, 'codeLines' | 'codeTokens'> {
  return {
    codeLines: code.split('\n').filter((line) => line.trim() !== '').length,
    codeTokens: code.match(/[\p{L}_][\p{L}\p{N}_]*|\p{N}[\w.]*|[^\s\p{L}\p{N}_]/gu)?.length ?? 0,
  };
}
