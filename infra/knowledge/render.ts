import type { Entry } from '../parse/knowledge.js';

/** Characters of the whole text. */
const LIMIT = 1_200;
const SIGNATURE = 260;
const DOC = 110;

/** What a prompt shows of the entries that were found, best first, at most 1,200 characters; "" for none. */
export function renderEntries(entries: readonly Entry[], keyword: string | null): string {
  const parts: string[] = [];
  let left = LIMIT;
  for (const entry of entries) {
    const part = render(entry, keyword);
    if (part.length + 1 > left) continue;
    parts.push(part);
    left -= part.length + 1;
  }
  return parts.join('\n');
}

function render({ name, kind, signature, doc, parameters, deprecated }: Entry, keyword: string | null): string {
  const what = kind === 'class' || kind === 'module' ? `${kind} ` : '';
  const call = kind === 'record' ? `: ${signature ?? ''}` : (signature ?? '');
  const lines = [`${what}${name}${cut(call, SIGNATURE)}`];
  if (deprecated !== null) lines.push(`  ${kind === 'removed' ? deprecated : `deprecated: ${deprecated}`}`);
  else if (doc !== '') lines.push(`  ${cut(doc, DOC)}`);
  const meant = keyword === null ? undefined : parameters.find((each) => each.startsWith(`${keyword}:`));
  if (meant !== undefined) lines.push(`  ${meant}`);
  return lines.join('\n');
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
