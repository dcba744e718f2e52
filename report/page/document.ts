import { createHash } from 'node:crypto';
import { escape, scriptJson } from '../escape.js';
import type { PageData } from './data.js';
import type { DetailPart } from './detail.js';
import { PAGE_STYLE } from './style.js';

/** The function that files of details call with their number and what they hold. */
const TAKE = 'takeDetails';

/** The page as one document: the figures as data, and the script that shows them. The same bytes for the same input. */
export function reportPage(data: PageData, script: string): string {
  return `${throughData(data, script)}${fromScript(script)}`;
}

/** The same with the details `inside`, part by part: all of them may be more than one string holds. */
export async function* pageWithDetails(
  data: PageData,
  script: string,
  parts: AsyncIterable<DetailPart>,
): AsyncGenerator<string> {
  yield throughData(data, script);
  let at = 0;
  for await (const part of parts) {
    yield `<script type="application/json" id="part-${at}">${scriptJson(part)}</script>\n`;
    at += 1;
  }
  yield fromScript(script);
}

function throughData(data: PageData, script: string): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escape(contentPolicy(data, script))}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // Browsers would else ask for a picture of their own accord.
    '<link rel="icon" href="data:,">',
    `<title>${escape(data.sweep.id)}: report</title><style>${PAGE_STYLE}</style></head><body>`,
    '<noscript><p>This page is drawn by a script of its own; it needs JavaScript, and no network.</p></noscript>',
    `<script type="application/json" id="data">${scriptJson(data)}</script>`,
    '',
  ].join('\n');
}

function fromScript(script: string): string {
  return `<script>${script}</script>\n</body></html>\n`;
}

/** A file of details that lies beside the page: a script, as a page from disk may load nothing else. */
export function detailScript(number: number, part: DetailPart): string {
  return `${TAKE}(${number},${scriptJson(part)});\n`;
}

/**
 * What the page may do: run its own script, which may load the files of details, and use its own style; nothing else. Should a text
 * ever become markup, its scripts do not run and its pictures are not fetched; and no text can be made a script by this one.
 */
export function contentPolicy({ details: { kind } }: PageData, script: string): string {
  const loads = kind === 'beside' ? " 'strict-dynamic'" : '';
  return [
    "default-src 'none'",
    `script-src '${digest(script)}'${loads}`,
    `style-src '${digest(PAGE_STYLE)}'`,
    'img-src data:',
    ...(kind === 'live' ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${kind === 'beside' ? 'details' : "'none'"}`,
  ].join('; ');
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
