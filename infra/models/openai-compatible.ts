import { type ModelSpec, providerOf } from '../../domain/sweep.js';
import { parseChatCompletion, parseTextCompletion } from '../parse/model-answer.js';
import { askHost, type HostCall } from './ask-host.js';
import { hostOf, type Env } from './host-key.js';
import type { Model, ModelAnswer, ModelRequest } from './model.js';
import { samplingOf } from './sampling.js';

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

/**
 * Any host that speaks OpenAI's chat completions, or its completions for models that only continue text (`kind`):
 * `openai:<model>`, by the spec's `baseUrl`. Keys are never kept.
 */
export function openAiCompatible(env: Env): Model {
  return {
    generate: async (request, signal) =>
      chatCompletion({ ...hostOf(request.spec, env), extra: request.spec.extra ?? {} }, request, signal),
    close: () => Promise.resolve(),
  };
}

/** Asks a host once. Throws `Failure`, or the signal's reason. */
export async function chatCompletion(host: ChatHost, request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
  const { key, model } = host;
  const isBase = request.spec.kind === 'completion';
  const call: HostCall = {
    url: urlOf(host, request),
    headers: key === null ? {} : keyHeader(request, key),
    body: bodyOf(host, request),
    key,
    model,
    parse: isBase ? parseTextCompletion : parseChatCompletion,
  };
  return askHost(call, request, signal);
}

/** At Azure each model is a deployment with an address of its own. */
function urlOf({ baseUrl, model }: ChatHost, { spec }: ModelRequest): URL {
  const path = spec.kind === 'completion' ? 'completions' : 'chat/completions';
  if (spec.apiVersion === undefined) return new URL(`${baseUrl}/${path}`);
  const deployment = baseUrl.includes('/deployments/') ? '' : `/openai/deployments/${encodeURIComponent(model)}`;
  return new URL(`${baseUrl}${deployment}/${path}?api-version=${encodeURIComponent(spec.apiVersion)}`);
}

function keyHeader({ spec }: ModelRequest, key: string): Record<string, string> {
  return spec.apiVersion === undefined ? { authorization: `Bearer ${key}` } : { 'api-key': key };
}

function bodyOf(host: ChatHost, request: ModelRequest): Readonly<Record<string, unknown>> {
  const { messages, spec } = request;
  const isBase = spec.kind === 'completion';
  const { maxTokens, topP, ...sampling } = samplingOf(request);
  return {
    model: host.model,
    ...(isBase ? { prompt: messages[0]?.content ?? '' } : { messages }),
    ...sampling,
    top_p: topP,
    [limitField(spec)]: maxTokens,
    reasoning_effort: spec.reasoning?.effort,
    stream: false,
    ...host.extra,
  };
}

/** OpenAI, also in one of its regions, and Azure's address without versions, also of one resource. */
const OPENAI_HOSTS = /(?:^|\.)(?:api\.openai|openai\.azure)\.com$/;

/**
 * What a request names its limit of tokens: OpenAI's newer models refuse `max_tokens`; many compatible hosts, and older versions
 * of Azure's interface, know nothing else.
 */
export function limitField({ id, kind, baseUrl, apiVersion, reasoning }: ModelSpec): string {
  const isOpenAi = baseUrl === null || OPENAI_HOSTS.test(new URL(baseUrl).hostname);
  const isNew = apiVersion === undefined ? isOpenAi : reasoning !== undefined;
  return providerOf(id) === 'openai' && kind !== 'completion' && isNew ? 'max_completion_tokens' : 'max_tokens';
}
