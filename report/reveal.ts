/**
 * What a text may hold that its reader does not see, or that moves its neighbours about: control characters but tabs and line
 * ends, directions (the "Trojan source"), joiners, marks of width zero, tags, halves of a pair. Only the sign that asks for
 * a coloured picture hides nothing.
 */
export const HIDDEN =
  /[^\P{Cc}\t\n]|(?!\uFE0F)\p{Default_Ignorable_Code_Point}|[\u2028\u2029\uFFF9-\uFFFB]|\p{Surrogate}/gu;

/** Such a character by its number: "⟨U+202E⟩". */
export function nameSign(sign: string): string {
  return `⟨U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** A text with everything in it that can't be seen shown by its number. Line ends of other systems are line ends. */
export function reveal(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(HIDDEN, nameSign);
}
