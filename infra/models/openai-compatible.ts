import { Failure } from '../../domain/failures.js';
import type { ModelSpec } from '../../domain/sweep.js';
import { parseChatCompletion, parseTextCompletion, wrappedStatus, type ChatCompletion } from '../parse/model-answer.js';
import { excerpt, httpFault } from './http-fault.js';
import { httpPost } from './http-post.js';
import { costUsd, type Model, type ModelAnswer, type ModelRequest } from './model.js';

/** The environment that keys are read from, at the moment of a request. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Where requests go and how they are signed. */
export interface ChatHost {
  /** Without a trailing slash, e.g. "http://127.0.0.1:8000/v1". */
  readonly baseUrl: string;
  readonly key: string | null;
  /** The model in the host's words. */
  readonly model: string;
  /** Fields that this host takes beside OpenAI's. */
  readonly extra: Readonly<Record<string, unknown>>;
}

const DEFAULT_BASE_URL = 'https://api.openai.com/v1';
const DEFAULT_KEY_ENV = 'OPENAI_API_KEY';

/**
 * Any host that speaks OpenAI's chat completions, or its completions for models that only continue text (`kind`):
 * `openai:<model>`, by the spec's `baseUrl`. Keys are never kept.
 */
export function openAiCompatible(env: Env): Model {
  return {
    generate: async (request, signal) => chatCompletion(hostOf(request.spec, env), request, signal),
    close: () => Promise.resolve(),
  };
}

/** The environment variable that must hold a key for this spec; null if its host wants none. */
export function keyVariable(spec: ModelSpec): string | null {
  return spec.apiKeyEnv ?? (spec.baseUrl === null ? DEFAULT_KEY_ENV : null);
}

function hostOf(spec: ModelSpec, env: Env): ChatHost {
  const variable = keyVariable(spec);
  const key = variable === null ? null : (env[variable] ?? '');
  if (key === '') {
    throw new Failure(
      'ModelAuth',
      `${spec.id} needs a key: ${String(variable)} is not set where the model worker runs`,
    );
  }
  return { baseUrl: spec.baseUrl ?? DEFAULT_BASE_URL, key, model: spec.id.slice(spec.id.indexOf(':') + 1), extra: {} };
}

/** Asks a host once. Throws `Failure`, or the signal's reason. */
export async function chatCompletion(host: ChatHost, request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
  const url = new URL(`${host.baseUrl}/${isBase(request) ? 'completions' : 'chat/completions'}`);
  const started = performance.now();
  const answer = await httpPost(url, headersOf(host, request), bodyOf(host, request), {
    timeoutMs: request.spec.timeoutMs,
    signal,
  });
  const status = answer.status === 200 ? (wrappedStatus(answer.body) ?? 200) : answer.status;
  if (status !== 200) throw httpFault(url.host, { ...answer, status }, host.key, Date.now());
  const completion = isBase(request) ? parseTextCompletion(answer.body) : parseChatCompletion(answer.body);
  if (typeof completion === 'string') {
    const said = excerpt(answer.body, host.key);
    throw new Failure('ModelBadResponse', `${url.host} answered 200 with no completion (${completion}): ${said}`);
  }
  return { ...toAnswer(completion, host, request), ms: performance.now() - started };
}

function isBase({ spec }: ModelRequest): boolean {
  return spec.kind === 'completion';
}

function headersOf(host: ChatHost, { key }: ModelRequest): Record<string, string> {
  // Cell ids may hold what a header must not.
  const name = encodeURIComponent(key);
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    'idempotency-key': name,
    'x-request-id': name,
    ...(host.key === null ? {} : { authorization: `Bearer ${host.key}` }),
  };
}

function bodyOf(host: ChatHost, { messages, seed, spec }: ModelRequest): string {
  // OpenAI's newer models refuse `max_tokens`; many compatible hosts know nothing else.
  const limit =
    host.baseUrl === DEFAULT_BASE_URL && spec.kind !== 'completion' ? 'max_completion_tokens' : 'max_tokens';
  return JSON.stringify({
    model: host.model,
    ...(spec.kind === 'completion' ? { prompt: messages[0]?.content ?? '' } : { messages }),
    temperature: spec.temperature,
    top_p: spec.topP,
    [limit]: spec.maxTokens,
    seed,
    ...(spec.stop.length === 0 ? {} : { stop: spec.stop }),
    stream: false,
    ...host.extra,
  });
}

function toAnswer(completion: ChatCompletion, host: ChatHost, request: ModelRequest): Omit<ModelAnswer, 'ms'> {
  const { text, finishReason, model } = completion;
  // A host without usage is counted at four characters a token, so that limits on tokens and cost still hold.
  const { promptTokens, completionTokens } = completion.usage ?? {
    promptTokens: Math.ceil(request.messages.reduce((sum, { content }) => sum + content.length, 0) / 4),
    completionTokens: Math.ceil(text.length / 4),
  };
  const cost = costUsd(request.spec, promptTokens, completionTokens);
  return { text, finishReason, promptTokens, completionTokens, costUsd: cost, model: model ?? host.model };
}
