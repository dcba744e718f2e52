import { Failure, type FailureType } from '../../domain/failures.js';
import { retryDelayMs } from '../parse/host-error.js';
import type { HttpAnswer } from './http-post.js';

const BY_STATUS: Readonly<Record<number, FailureType>> = {
  401: 'ModelAuth',
  402: 'ModelAuth',
  403: 'ModelAuth',
  408: 'ModelUnavailable',
  409: 'ModelUnavailable',
  425: 'ModelUnavailable',
  429: 'ModelRateLimited',
};
const EXCERPT_CHARS = 300;

/** The fault that an answer with an error's status stands for. Its body must hold no key any more. */
export function httpFault(host: string, answer: HttpAnswer, now: number): Failure {
  const { status, headers, body } = answer;
  const wait = retryAfterMs(headers, now) ?? retryDelayMs(body);
  const message = `${host} answered ${status}: ${excerpt(body)}`;
  return new Failure(typeOf(status, body), message, wait === null ? {} : { retryAfterMs: wait });
}

function typeOf(status: number, body: string): FailureType {
  // A used-up account answers 429 for as long as nobody pays: waiting will not help.
  if (status === 429 && body.includes('insufficient_quota')) return 'ModelAuth';
  // Gemini's word for a wrong key.
  if (status === 400 && body.includes('API_KEY_INVALID')) return 'ModelAuth';
  const known = BY_STATUS[status];
  if (known !== undefined) return known;
  if (status >= 500) return 'ModelUnavailable';
  return status >= 400 ? 'ModelBadRequest' : 'ModelBadResponse';
}

/** The beginning of a body on one line, for a message. */
export function excerpt(body: string): string {
  const line = body
    .slice(0, 2 * EXCERPT_CHARS)
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line === '' ? '(empty)' : line.slice(0, EXCERPT_CHARS);
}

/**
 * Milliseconds that a host asks to wait: `retry-after-ms`, or `retry-after` in seconds or as an HTTP date (RFC 9110,
 * 10.2.3); null if it does not say. `now` is epoch milliseconds.
 */
export function retryAfterMs(headers: HttpAnswer['headers'], now: number): number | null {
  const ms = Number.parseFloat(String(headers['retry-after-ms'] ?? ''));
  if (Number.isFinite(ms)) return Math.max(0, ms);
  const text = headers['retry-after'];
  if (text === undefined) return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
