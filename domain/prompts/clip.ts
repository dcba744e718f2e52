/** A text cut to `limit` characters: its head and its tail, with a note of what is missing between them. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const note = `\n[... ${text.length - limit} characters left out ...]\n`;
  const room = Math.max(0, limit - note.length);
  const head = text.slice(0, Math.ceil(room / 2));
  const tail = text.slice(text.length - Math.floor(room / 2));
  // The cuts may have gone through a surrogate pair.
  return `${head}${note}${tail}`.replace(/\p{Surrogate}/gu, '').slice(0, limit);
}
