import { reveal } from './reveal.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as HTML shows it, in elements and in quoted attributes; what can't be seen in it by its number. */
export function escape(text: string): string {
  return reveal(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** A value as JSON that ends no script element of an HTML page and is no other program for JavaScript than for JSON. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
