import { tryJson } from './parse/json.js';

/** Words such as "EMPTY" that stand in for a key at hosts of one's own are shorter, and may stand in programs. */
const LEAST_SECRET_CHARS = 12;

/**
 * A body without the key that its host was sent, as it is, escaped, or encoded: hosts quote what they are asked with,
 * and what they say is stored. JSON is written anew, which leaves one way to write each character.
 */
export function redact(body: string, key: string | null): string {
  if (key === null || key.length < LEAST_SECRET_CHARS) return body;
  const json = tryJson(body);
  const text = json === undefined ? body : JSON.stringify(json);
  const clean = redactor([key])(text);
  return clean === text ? body : clean;
}

/** Takes these secrets out of texts, however they are escaped there; those that are too short to be any are left. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter(({ length }) => length >= LEAST_SECRET_CHARS)
    .flatMap((key) => [
      key,
      JSON.stringify(key).slice(1, -1),
      encodeURIComponent(key),
      Buffer.from(key).toString('base64'),
    ]);
  const all = [...new Set(forms)];
  return (text) => all.reduce((clean, form) => clean.replaceAll(form, '[key]'), text);
}
