import { Failure } from '../../domain/failures.js';
import type { HostAnswer } from '../parse/host-answer.js';
import { isFiltered, wrappedStatus } from '../parse/host-error.js';
import { excerpt, httpFault } from './http-fault.js';
import { httpPost } from './http-post.js';
import { costUsd, type ModelAnswer, type ModelRequest } from './model.js';
import { redact } from '../redact.js';

/** One request in the words of its host. */
export interface HostCall {
  readonly url: URL;
  /** Those that this kind of host wants beside what all get, the key's among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Taken out of whatever the host says. */
  readonly key: string | null;
  /** The model in the host's words. */
  readonly model: string;
  /** The door for bodies of status 200. A string says what is wrong with one. */
  readonly parse: (body: string) => HostAnswer | string;
}

/** Asks a host once. Throws `Failure`, or the signal's reason. */
export async function askHost(call: HostCall, request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
  const started = performance.now();
  const { url, key, model } = call;
  const limits = { timeoutMs: request.spec.timeoutMs, signal };
  const raw = await httpPost(url, headersOf(call, request), JSON.stringify(call.body), limits);
  const answer = { ...raw, body: redact(raw.body, key) };
  const said = understand(call, answer);
  const counted = count(said, request);
  return {
    text: said.text,
    finishReason: said.finishReason,
    ...counted,
    model: said.model ?? model,
    ms: performance.now() - started,
  };
}

function headersOf({ headers }: HostCall, { key }: ModelRequest): Record<string, string> {
  // Cell ids may hold what a header must not.
  const name = encodeURIComponent(key);
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    'idempotency-key': name,
    'x-request-id': name,
    ...headers,
  };
}

const FILTERED = { text: '', finishReason: 'content-filter', usage: null, thinkingChars: 0, model: null } as const;

function understand({ url, parse }: HostCall, answer: Awaited<ReturnType<typeof httpPost>>): HostAnswer {
  const { body } = answer;
  const status = answer.status === 200 ? (wrappedStatus(body) ?? 200) : answer.status;
  if (status !== 200) {
    // That a filter stopped the prompt, or the answer, is what came of it, and will again.
    if (status < 500 && isFiltered(body)) return FILTERED;
    throw httpFault(url.host, { ...answer, status }, Date.now());
  }
  const said = parse(body);
  if (typeof said !== 'string') return said;
  throw new Failure('ModelBadResponse', `${url.host} answered 200 with no completion (${said}): ${excerpt(body)}`);
}

function count({ usage, text, thinkingChars }: HostAnswer, { messages, spec }: ModelRequest) {
  // A host without usage is counted at four characters a token, so that limits on tokens and cost still hold.
  const {
    costUsd: said,
    cacheWriteTokens,
    ...tokens
  } = usage ?? {
    promptTokens: Math.ceil(messages.reduce((sum, { content }) => sum + content.length, 0) / 4),
    cachedTokens: null,
    cacheWriteTokens: 0,
    completionTokens: Math.ceil(text.length / 4) + Math.ceil(thinkingChars / 4),
    reasoningTokens: thinkingChars === 0 ? null : Math.ceil(thinkingChars / 4),
    costUsd: null,
  };
  return { ...tokens, costUsd: costUsd(spec, { ...tokens, cacheWriteTokens }) ?? said };
}
