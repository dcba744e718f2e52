import { z } from 'zod';
import type { FinishReason } from '../../domain/candidate.js';
import { tryJson } from './json.js';

/** The parts of an OpenAI-compatible completion that count, of a chat or of a text. */
export interface ChatCompletion {
  readonly text: string;
  readonly finishReason: FinishReason;
  /** Null if the host reports no usage. */
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number } | null;
  /** As the host names it; null if it does not. */
  readonly model: string | null;
}

const FINISH: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  content_filter: 'content-filter',
};

const textSchema = z.union([
  z.string(),
  // Some hosts answer in parts; those without text (reasoning, images) hold no program.
  z.array(z.object({ text: z.string().optional() })).transform((parts) => parts.map(({ text }) => text ?? '').join('')),
  z.null().transform(() => ''),
]);

const tokens = z.int().nonnegative();

const finish = { finish_reason: z.string().nullish() };
const facts = {
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish().catch(null),
  model: z.string().nullish().catch(null),
};
const chatSchema = z.object({
  choices: z
    .array(
      z
        .object({ message: z.object({ content: textSchema.optional() }), ...finish })
        .transform(({ message, ...rest }) => ({ text: message.content ?? '', ...rest })),
    )
    .min(1),
  ...facts,
});
const textCompletionSchema = z.object({ choices: z.array(z.object({ text: textSchema, ...finish })).min(1), ...facts });

const errorSchema = z.object({ error: z.object({ code: z.coerce.number().int().min(400).max(599) }) });

/** The door for bodies of status 200. A string says what is wrong with one. */
export function parseChatCompletion(body: string): ChatCompletion | string {
  return parse(body, chatSchema);
}

/** The same for the answers of models that continue a text. */
export function parseTextCompletion(body: string): ChatCompletion | string {
  return parse(body, textCompletionSchema);
}

function parse(body: string, schema: typeof chatSchema | typeof textCompletionSchema): ChatCompletion | string {
  const json = tryJson(body);
  if (json === undefined) return 'no JSON';
  const parsed = schema.safeParse(json);
  if (!parsed.success) return z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ').slice(0, 200);
  const { choices, usage, model } = parsed.data;
  const [choice] = choices;
  return {
    text: choice?.text ?? '',
    finishReason: FINISH[choice?.finish_reason?.toLowerCase() ?? ''] ?? 'other',
    usage: usage ? { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens } : null,
    model: model ?? null,
  };
}

/** The error's status that some gateways wrap in a body of status 200; null if there is none. */
export function wrappedStatus(body: string): number | null {
  const parsed = errorSchema.safeParse(tryJson(body));
  return parsed.success ? parsed.data.error.code : null;
}
