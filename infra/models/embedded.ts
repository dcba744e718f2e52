import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../domain/failures.js';
import type { Logger } from '../log.js';
import { reasonOf, type ToolContext } from '../tools/install.js';
import { ensureXllamacpp } from '../tools/tool.js';
import { startLlamaServer, type LlamaServer } from './llama-server.js';
import type { Model } from './model.js';
import { chatCompletion } from './openai-compatible.js';
import { orAborted } from './or-aborted.js';
import { SharedServer } from './shared-server.js';
import type { EmbeddedName } from './weights-pins.js';
import { ensureWeights, type WeightsContext } from './weights.js';

/** What the embedded models need to know. */
export interface EmbeddedContext extends WeightsContext {
  /** Environment of the server process. */
  readonly serverEnv: Readonly<Record<string, string>>;
  readonly log?: Logger | undefined;
}

/**
 * Answers are worked out in one batch, which reads the weights once for all of them. Tokens a second of the 1.5B on 2 cores: 14
 * with one slot, 23 with 4, 30 with 16, 35 with 32. Each slot holds memory for its context: 230 MB of the 1.5B, 100 MB of the 0.5B.
 */
const MAX_SLOTS = 32;

/** Sampling is what the spec says and nothing else: llama.cpp's own top-k and min-p are off. */
const SAMPLING = { top_k: 0, min_p: 0, repeat_penalty: 1 };

/** Fetches what an embedded model needs: weights and server. Throws UserError (exit 3). */
export async function prepareEmbedded(
  name: EmbeddedName,
  ctx: WeightsContext,
): Promise<{ weights: string; pythonPath: string }> {
  const pythonPath = await ensureXllamacpp(ctx satisfies ToolContext);
  return { pythonPath, weights: await ensureWeights(name, ctx) };
}

/**
 * `embedded:<name>`: a model that llama.cpp's server answers for on this machine. The server is started by the first
 * request, shared by all, and started again by the next request after it died; requests that it took along fail with
 * `ModelUnavailable`. It has a slot for each request that the spec lets run at the same time: where one with more comes, it is started
 * anew with these, once the requests under way have their answers. At temperature 0, requests asked one after the other repeat
 * exactly; several at the same time are computed in one batch, whose sums round differently, so that words may differ from run to run.
 * Only then is what was read of a prompt kept for the next that begins alike, which rounds differently too.
 */
export function embeddedModel(name: EmbeddedName, ctx: EmbeddedContext): Model {
  const launch = async (slots: number, signal: AbortSignal): Promise<LlamaServer> => {
    const started = await start(name, { ...ctx, signal }, slots);
    ctx.log?.info({ model: name, slots }, 'embedded model server started');
    return started;
  };
  const shared = new SharedServer(launch, () => ctx.log?.warn({ model: name }, 'embedded model server ended'));

  return {
    generate: (request, signal) =>
      shared.use(Math.min(request.spec.concurrency, MAX_SLOTS), async (server) => {
        const { ready, ended } = await orAborted(server, signal);
        const extra = { ...SAMPLING, cache_prompt: request.spec.concurrency > 1 };
        const host = { baseUrl: `${ready.url}/v1`, key: ready.key, model: name, extra };
        try {
          return { ...(await chatCompletion(host, request, signal)), model: name };
        } catch (error) {
          // A connection breaks a moment before its process is known to be dead; the next request must know.
          if (error instanceof Failure && error.type === 'ModelUnavailable') await Promise.race([ended, sleep(500)]);
          throw error;
        }
      }),
    close: () => shared.close(),
  };
}

async function start(name: EmbeddedName, ctx: EmbeddedContext, slots: number): Promise<LlamaServer> {
  try {
    return await startLlamaServer({ ...(await prepareEmbedded(name, ctx)), slots, env: ctx.serverEnv });
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('ModelUnavailable', `embedded:${name} can't be served: ${reasonOf(cause)}`, { cause });
  }
}
