import { tryJson } from '../parse/json.js';

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
  const forms = new Set([
    key,
    JSON.stringify(key).slice(1, -1),
    encodeURIComponent(key),
    Buffer.from(key).toString('base64'),
  ]);
  let clean = text;
  for (const form of forms) clean = clean.replaceAll(form, '[key]');
  return clean === text ? body : clean;
}
