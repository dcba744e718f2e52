/** Texts as the items of a list; further lines of one stand below its first. */
export function bullets(texts: readonly string[]): string {
  return texts.map((text) => `- ${text.replaceAll('\n', '\n  ')}`).join('\n');
}
