import type { ModelSpec } from '../../domain/sweep.js';
import { anthropic } from '../../infra/models/anthropic.js';
import { gemini } from '../../infra/models/gemini.js';
import type { Env } from '../../infra/models/host-key.js';
import type { Model } from '../../infra/models/model.js';
import { openAiCompatible } from '../../infra/models/openai-compatible.js';
import type { Received } from '../support/fault-server.js';

/** What a host says once, in no host's words. Tokens as `ModelAnswer` counts them. */
export interface Said {
  readonly text: string;
  readonly thinking?: string;
  readonly finish?: 'stop' | 'length' | 'refusal' | 'filter' | 'odd';
  readonly usage?: { prompt: number; cached: number; written: number; completion: number; reasoning: number } | null;
}

/** A kind of host: how it is asked, and how the real one would answer. */
export interface Host {
  readonly name: string;
  readonly open: (env: Env) => Model;
  readonly spec: Partial<ModelSpec>;
  /** Address of a request, below the server's. */
  readonly path: string;
  readonly keyIn: (headers: Received['headers']) => string | undefined;
  readonly answer: (said: Said) => unknown;
  readonly error: (status: number, message: string) => unknown;
  /** Status and body of answers where a filter has stopped the prompt, or all of the answer. */
  readonly filtered: readonly (readonly [status: number, body: unknown])[];
  /** Which of the parts of a usage it tells. */
  readonly tells: { readonly written: boolean };
  /** What a standard request (`STANDARD`) comes to. */
  readonly asked: Readonly<Record<string, unknown>>;
  /** The same, if the model is to think. */
  readonly reasoning: { readonly spec: Partial<ModelSpec>; readonly asked: Readonly<Record<string, unknown>> };
  /** Bodies of status 200 that are errors all the same, with what they are. */
  readonly wrapped: readonly (readonly [unknown, 'ModelUnavailable' | 'ModelRateLimited' | 'ModelBadResponse'])[];
}

/** A request that uses everything. */
export const STANDARD = {
  spec: { temperature: 0.5, topP: 0.9, maxTokens: 33, stop: ['\n\n'], extra: { custom: 1 } },
  request: {
    key: 'swé/ép t/a1',
    seed: 42,
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Write f.' },
      { role: 'assistant', content: 'pass' },
      { role: 'user', content: 'Again.' },
    ],
  },
} as const;

const NO_USAGE = { prompt: 11, cached: 0, written: 0, completion: 7, reasoning: 0 };
const CHAT_FINISH = { stop: 'stop', length: 'length', refusal: 'stop', filter: 'content_filter', odd: 'tool_calls' };

function chat({ text, thinking, finish = 'stop', usage = NO_USAGE }: Said): unknown {
  const details = usage && {
    prompt_tokens: usage.prompt,
    completion_tokens: usage.completion,
    total_tokens: usage.prompt + usage.completion,
    prompt_tokens_details: { cached_tokens: usage.cached },
    completion_tokens_details: { reasoning_tokens: usage.reasoning },
  };
  const refusal = finish === 'refusal' ? "I'm sorry, I can't." : null;
  const message = { role: 'assistant', content: text, refusal, ...(thinking && { reasoning_content: thinking }) };
  const choices = [{ index: 0, message, finish_reason: CHAT_FINISH[finish] }];
  return { object: 'chat.completion', choices, model: 'served-1', ...(details && { usage: details }) };
}

const openai: Host = {
  name: 'OpenAI',
  open: openAiCompatible,
  spec: { id: 'openai:test-model' },
  path: '/v1/chat/completions',
  keyIn: ({ authorization }) => authorization?.replace('Bearer ', ''),
  answer: chat,
  error: (status, message) => ({ error: { message, type: 'x', code: String(status) } }),
  filtered: [[400, { error: { code: 'invalid_prompt', message: 'Your prompt was flagged.' } }]],
  tells: { written: false },
  asked: {
    model: 'test-model',
    messages: STANDARD.request.messages,
    temperature: 0.5,
    top_p: 0.9,
    max_tokens: 33,
    seed: 42,
    stop: ['\n\n'],
    stream: false,
    custom: 1,
  },
  reasoning: { spec: { reasoning: { effort: 'high' } }, asked: { reasoning_effort: 'high' } },
  wrapped: [
    [{ error: { code: 502, message: 'Provider returned error' } }, 'ModelUnavailable'],
    [{ error: { code: 429, message: 'Slow down' } }, 'ModelRateLimited'],
    [{ object: 'error', message: 'Engine is dead', code: 500 }, 'ModelUnavailable'],
    [{ choices: [{ error: { code: 503 }, message: { content: '' }, finish_reason: 'error' }] }, 'ModelUnavailable'],
    [{ choices: [{ message: { content: 'def' }, finish_reason: 'insufficient_system_resource' }] }, 'ModelUnavailable'],
    [{ choices: [{ message: { content: 'def' }, finish_reason: 'abort' }] }, 'ModelBadResponse'],
    [{ choices: [{ message: { content: 'def' }, finish_reason: 'error' }] }, 'ModelBadResponse'],
  ],
};

const azure: Host = {
  ...openai,
  name: 'Azure',
  spec: { id: 'openai:test-model', apiVersion: '2024-10-21' },
  path: '/v1/openai/deployments/test-model/chat/completions?api-version=2024-10-21',
  keyIn: (headers) => headers['api-key'] as string | undefined,
  filtered: [
    [
      400,
      { error: { code: 'content_filter', message: 'Filtered', innererror: { code: 'ResponsibleAIPolicyViolation' } } },
    ],
  ],
  reasoning: {
    spec: { reasoning: { effort: 'low' } },
    asked: { reasoning_effort: 'low', max_completion_tokens: 64 },
  },
};

const ANTHROPIC_FINISH = {
  stop: 'end_turn',
  length: 'max_tokens',
  refusal: 'refusal',
  filter: 'refusal',
  odd: 'pause_turn',
};

const anthropicHost: Host = {
  name: 'Anthropic',
  open: anthropic,
  spec: { id: 'anthropic:test-model' },
  path: '/v1/messages',
  keyIn: (headers) => headers['x-api-key'] as string | undefined,
  answer: ({ text, thinking, finish = 'stop', usage = NO_USAGE }) => ({
    type: 'message',
    role: 'assistant',
    model: 'served-1',
    content: [
      ...(thinking === undefined
        ? []
        : [
            { type: 'thinking', thinking, signature: 'x' },
            { type: 'redacted_thinking', data: 'x' },
          ]),
      ...(text === '' ? [] : [{ type: 'text', text }]),
    ],
    stop_reason: ANTHROPIC_FINISH[finish],
    ...(usage && {
      usage: {
        input_tokens: usage.prompt - usage.cached - usage.written,
        cache_read_input_tokens: usage.cached,
        cache_creation_input_tokens: usage.written,
        output_tokens: usage.completion,
        output_tokens_details: { thinking_tokens: usage.reasoning },
      },
    }),
  }),
  error: (status, message) => ({ type: 'error', error: { type: status === 529 ? 'overloaded_error' : 'x', message } }),
  filtered: [
    [200, { type: 'message', model: 'served-1', content: [], stop_reason: 'refusal' }],
    [
      400,
      {
        type: 'error',
        error: { type: 'invalid_request_error', message: 'Output blocked by content filtering policy' },
      },
    ],
  ],
  tells: { written: true },
  asked: {
    model: 'test-model',
    system: [{ type: 'text', text: 'Be brief.' }],
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'Write f.' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'pass' }] },
      { role: 'user', content: [{ type: 'text', text: 'Again.' }] },
    ],
    temperature: 0.5,
    top_p: 0.9,
    max_tokens: 33,
    stop_sequences: ['\n\n'],
    stream: false,
    custom: 1,
  },
  reasoning: {
    spec: { reasoning: { tokens: 2_000 }, maxTokens: 3_000 },
    asked: { thinking: { type: 'enabled', budget_tokens: 2_000 }, max_tokens: 3_000 },
  },
  wrapped: [
    [{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'ModelUnavailable'],
    [{ type: 'error', error: { type: 'rate_limit_error', message: 'Slow down' } }, 'ModelRateLimited'],
  ],
};

const GEMINI_FINISH = { stop: 'STOP', length: 'MAX_TOKENS', refusal: 'SAFETY', filter: 'SAFETY', odd: 'OTHER' };

const geminiHost: Host = {
  name: 'Gemini',
  open: gemini,
  spec: { id: 'gemini:test-model' },
  path: '/v1/models/test-model:generateContent',
  keyIn: (headers) => headers['x-goog-api-key'] as string | undefined,
  answer: ({ text, thinking, finish = 'stop', usage = NO_USAGE }) => {
    const parts = [
      ...(thinking === undefined ? [] : [{ text: thinking, thought: true }]),
      ...(text === '' ? [] : [{ text }]),
    ];
    return {
      // Without anything to say its content has no parts at all.
      candidates: [
        { content: { role: 'model', ...(parts.length > 0 && { parts }) }, finishReason: GEMINI_FINISH[finish] },
      ],
      modelVersion: 'served-1',
      ...(usage && {
        usageMetadata: {
          promptTokenCount: usage.prompt,
          cachedContentTokenCount: usage.cached,
          candidatesTokenCount: usage.completion - usage.reasoning,
          thoughtsTokenCount: usage.reasoning,
        },
      }),
    };
  },
  error: (status, message) => ({ error: { code: status, message, status: 'X' } }),
  filtered: [[200, { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: { promptTokenCount: 9 } }]],
  tells: { written: false },
  asked: {
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    contents: [
      { role: 'user', parts: [{ text: 'Write f.' }] },
      { role: 'model', parts: [{ text: 'pass' }] },
      { role: 'user', parts: [{ text: 'Again.' }] },
    ],
    generationConfig: { temperature: 0.5, topP: 0.9, maxOutputTokens: 33, seed: 42, stopSequences: ['\n\n'] },
    custom: 1,
  },
  reasoning: {
    spec: { reasoning: { tokens: 128 } },
    asked: { generationConfig: { maxOutputTokens: 64, seed: 7, thinkingConfig: { thinkingBudget: 128 } } },
  },
  wrapped: [[{ error: { code: 503, message: 'The model is overloaded', status: 'UNAVAILABLE' } }, 'ModelUnavailable']],
};

export const HOSTS: readonly Host[] = [openai, azure, anthropicHost, geminiHost];
