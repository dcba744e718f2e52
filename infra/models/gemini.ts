import { parseGeminiAnswer } from '../parse/gemini-answer.js';
import { askHost } from './ask-host.js';
import { hostOf, type Env } from './host-key.js';
import type { Model, ModelRequest } from './model.js';
import { samplingOf } from './sampling.js';

/** `gemini:<model>`: `generateContent` of Google's Gemini interface. Keys are never kept. */
export function gemini(env: Env): Model {
  return {
    generate: async (request, signal) => {
      const { baseUrl, key, model } = hostOf(request.spec, env);
      const call = {
        url: new URL(`${baseUrl}/models/${encodeURIComponent(model)}:generateContent`),
        // In a header and not in the address, which proxies log.
        headers: key === null ? {} : { 'x-goog-api-key': key },
        body: bodyOf(request),
        key,
        model,
        parse: parseGeminiAnswer,
      };
      return askHost(call, request, signal);
    },
    close: () => Promise.resolve(),
  };
}

function bodyOf(request: ModelRequest): Readonly<Record<string, unknown>> {
  const { messages, spec } = request;
  const { temperature, topP, maxTokens, seed, stop } = samplingOf(request);
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => ({ text: content }));
  const { generationConfig, ...extra } = spec.extra ?? {};
  return {
    ...(system.length === 0 ? {} : { systemInstruction: { parts: system } }),
    contents: messages
      .filter(({ role }) => role !== 'system')
      .map(({ role, content }) => ({ role: role === 'assistant' ? 'model' : 'user', parts: [{ text: content }] })),
    generationConfig: {
      temperature,
      topP,
      maxOutputTokens: maxTokens,
      seed,
      stopSequences: stop,
      thinkingConfig: thinkingOf(request),
      ...(typeof generationConfig === 'object' ? generationConfig : {}),
    },
    ...extra,
  };
}

function thinkingOf({ spec: { reasoning } }: ModelRequest): Readonly<Record<string, unknown>> | undefined {
  if (reasoning === undefined) return undefined;
  return { thinkingLevel: reasoning.effort, thinkingBudget: reasoning.tokens };
}
