/** The name of what counts code tokens here: another one gives other numbers, so it stands beside each of them. */
export const CODE_TOKENIZER = 'words-numbers-signs';

/** Non-blank lines. */
export function countLines(code: string): number {
  return code.split('\n').filter((line) => line.trim() !== '').length;
}

/** Names, numbers and single signs, also those in strings and comments. */
export function countTokens(code: string): number {
  return code.match(/[\p{L}_][\p{L}\p{N}_]*|\p{N}[\w.]*|[^\s\p{L}\p{N}_]/gu)?.length ?? 0;
}
