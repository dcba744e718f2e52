import { sha256 } from '../../infra/store/digest.js';

/** A number in [0, 1) that a text decides: the same on every machine, and as good as random between texts. */
export function fraction(text: string): number {
  return Number.parseInt(sha256(text).slice(0, 8), 16) / 2 ** 32;
}

/** One of the choices, which the text decides. `choices` must not be empty. */
export function pick<T>(choices: readonly T[], text: string): T {
  return choices[Math.floor(fraction(text) * choices.length)] as T;
}
