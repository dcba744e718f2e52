import { parseAnthropicMessage } from '../parse/anthropic-answer.js';
import { askHost } from './ask-host.js';
import { hostOf, type Env } from './host-key.js';
import type { Model, ModelRequest } from './model.js';
import { samplingOf } from './sampling.js';

const VERSION = '2023-06-01';

/** `anthropic:<model>`: the Messages interface of Anthropic, or of a host that speaks it. Keys are never kept. */
export function anthropic(env: Env): Model {
  return {
    generate: async (request, signal) => {
      const { baseUrl, key, model } = hostOf(request.spec, env);
      const call = {
        url: new URL(`${baseUrl}/messages`),
        headers: { 'anthropic-version': VERSION, ...(key === null ? {} : { 'x-api-key': key }) },
        body: { model, ...bodyOf(request) },
        key,
        model,
        parse: parseAnthropicMessage,
      };
      return askHost(call, request, signal);
    },
    close: () => Promise.resolve(),
  };
}

function bodyOf(request: ModelRequest): Readonly<Record<string, unknown>> {
  const { messages, spec } = request;
  const { temperature, topP, maxTokens, stop } = samplingOf(request);
  const system = messages
    .filter(({ role }) => role === 'system')
    .map(({ content }) => ({ type: 'text', text: content }));
  const turns = messages.filter(({ role }) => role !== 'system');
  const cache = spec.promptCache === true ? { cache_control: { type: 'ephemeral' } } : {};
  return {
    max_tokens: maxTokens,
    ...(system.length === 0 ? {} : { system }),
    messages: turns.map(({ role, content }, index) => ({
      role,
      // The mark at the end makes the next round of a conversation find all of this one.
      content: [{ type: 'text', text: content, ...(index === turns.length - 1 ? cache : {}) }],
    })),
    temperature,
    // Newer models take only one of the two, and 1 changes nothing.
    top_p: topP === 1 ? undefined : topP,
    stop_sequences: stop,
    ...thinkingOf(request),
    stream: false,
    ...spec.extra,
  };
}

function thinkingOf({ spec: { reasoning } }: ModelRequest): Readonly<Record<string, unknown>> {
  if (reasoning === undefined) return {};
  const { effort, tokens } = reasoning;
  return {
    thinking: tokens === undefined ? { type: 'adaptive' } : { type: 'enabled', budget_tokens: tokens },
    ...(effort === undefined ? {} : { output_config: { effort } }),
  };
}
