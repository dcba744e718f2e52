/** The value of a JSON text; undefined if it is none (a torn line, a half-written file). */
export function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
