import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Failure } from '../../domain/failures.js';

/** An HTTP answer that was read to its end. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Decoded as UTF-8, with U+FFFD for what is none. */
  readonly body: string;
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/**
 * Sends one POST request and reads the answer, at most 8 MiB of it. Redirects are not followed: a key must not travel.
 * `node:http` and not `fetch`, which gives up after 300 s without a header and can't be told otherwise.
 * Throws `ModelTimeout`, `ModelUnavailable` (connection) or `ModelBadResponse` (body), or the signal's reason.
 */
export async function httpPost(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  limits: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<HttpAnswer> {
  const { timeoutMs, signal } = limits;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await send(url, headers, body, AbortSignal.any([signal, timeout]));
    return { status: response.statusCode ?? 0, headers: response.headers, body: await readBody(response) };
  } catch (cause) {
    signal.throwIfAborted();
    if (timeout.aborted) throw new Failure('ModelTimeout', `${url.host} gave no answer in ${timeoutMs / 1000} s`);
    if (cause instanceof Failure) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    // Without its cause: a parser's error carries the bytes that came, and with them what the host quotes.
    throw new Failure('ModelUnavailable', `The connection to ${url.host} failed: ${reason}`);
  }
}

function send(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const length = String(Buffer.byteLength(body));
    const options = { method: 'POST', signal, headers: { ...headers, 'content-length': length } };
    start(url, options, resolve).on('error', reject).end(body);
  });
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Failure('ModelBadResponse', 'The answer is larger than 8 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
