import { existsSync } from 'node:fs';
import { providerOf, type ModelSpec } from '../../domain/sweep.js';
import { withoutKeys } from '../config.js';
import { UserError } from '../errors.js';
import type { Logger } from '../log.js';
import { type Metrics, NO_METRICS } from '../metrics/metrics.js';
import type { Progress } from '../tools/progress-bar.js';
import { embeddedModel } from './embedded.js';
import { measuredModel } from './measured-model.js';
import type { Model } from './model.js';
import { anthropic } from './anthropic.js';
import { gemini } from './gemini.js';
import { keyVariable, type Env } from './host-key.js';
import { openAiCompatible } from './openai-compatible.js';
import { RateLimiter } from './rate-limit.js';
import { replayModel } from './replay.js';
import { EMBEDDED_MODELS, isEmbedded, type EmbeddedName } from './weights-pins.js';

/** The part of a model's id before the colon. A new host is a name here, a row in `describeModels`, and its adapter. */
export const PROVIDERS = ['embedded', 'openai', 'anthropic', 'gemini', 'replay'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** Hosts elsewhere: one adapter each, for all of its models. */
const REMOTE: Partial<Readonly<Record<Provider, (env: Env) => Model>>> = {
  openai: openAiCompatible,
  anthropic,
  gemini,
};

/** What the adapters need to know. */
export interface ModelsContext {
  readonly home: string;
  /** Keys are read from it at the moment of a request, and kept nowhere. */
  readonly env: Env;
  /** Entries that mark child processes as this process's own. */
  readonly ownerEnv: Readonly<Record<string, string>>;
  readonly log?: Logger | undefined;
  /** Where requests are counted; nowhere unless given. */
  readonly metrics?: Metrics;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** A local copy of an embedded model's weights. */
  readonly weightsFile?: string | undefined;
}

/** All models of one worker. */
export interface Models {
  /** The model of a spec, within the spec's limits. Throws UserError (exit 2) if there is none of this name. */
  get(spec: ModelSpec): Model;
  close(): Promise<void>;
}

/** Opens nothing yet: each model starts with its first request. */
export function openModels(ctx: ModelsContext): Models {
  const adapters = new Map<string, Model>();
  const limiters = new Map<string, RateLimiter>();
  const { metrics = NO_METRICS } = ctx;

  const adapterOf = (id: string): Model => {
    const provider = knownProvider(id);
    const key = REMOTE[provider] === undefined ? id : provider;
    const adapter = adapters.get(key) ?? openAdapter(id, ctx);
    adapters.set(key, adapter);
    return adapter;
  };
  const limiterOf = ({ label, concurrency, requestsPerMinute, tokensPerMinute }: ModelSpec): RateLimiter => {
    const limits = { concurrency, requestsPerMinute, tokensPerMinute };
    // Two sweeps that set other limits for one label count apart.
    const key = JSON.stringify([label, limits]);
    const limiter = limiters.get(key) ?? new RateLimiter(limits);
    limiters.set(key, limiter);
    return limiter;
  };

  return {
    get(spec) {
      return measuredModel(adapterOf(spec.id), limiterOf(spec), metrics);
    },
    async close() {
      await Promise.all([...adapters.values()].map((adapter) => adapter.close()));
    },
  };
}

function openAdapter(id: string, ctx: ModelsContext): Model {
  const provider = knownProvider(id);
  const name = id.slice(provider.length + 1);
  const remote = REMOTE[provider];
  if (remote !== undefined) return remote(ctx.env);
  if (provider === 'replay') return replayModel(name);
  if (!isEmbedded(name)) throw unknownModel(id);
  const { home, env, onProgress, weightsFile, ownerEnv } = ctx;
  return embeddedModel(name, {
    home,
    env,
    onProgress,
    log: ctx.log,
    localFile: weightsFile,
    serverEnv: { ...withoutKeys(env), ...ownerEnv },
  });
}

function knownProvider(id: string): Provider {
  const name = providerOf(id);
  const provider = PROVIDERS.find((known) => known === name && id.length > known.length + 1);
  if (provider === undefined) throw unknownModel(id);
  return provider;
}

function unknownModel(id: string): UserError {
  const known = describeModels().map((model) => model.id);
  return new UserError(`There is no model "${id}".`, { hint: `There are ${known.join(', ')}.`, exitCode: 2 });
}

/** One kind of model, for `aicodereval models`. */
export interface ModelDescription {
  /** As it is written in a sweep; "<...>" stands for the user's part. */
  readonly id: string;
  readonly provider: Provider;
  readonly needs: string;
}

/** All models that there are. */
export function describeModels(): ModelDescription[] {
  const names = Object.keys(EMBEDDED_MODELS) as EmbeddedName[];
  return [
    ...names.map((name) => {
      const { bytes, licence } = EMBEDDED_MODELS[name];
      const needs = `nothing; ${Math.round(bytes / 1e6)} MB are downloaded once (${licence})`;
      return { id: `embedded:${name}`, provider: 'embedded' as const, needs };
    }),
    {
      id: 'openai:<model>',
      provider: 'openai',
      needs: 'OPENAI_API_KEY, or base_url (and api_key_env) of vLLM, Ollama, llama.cpp, TGI, OpenRouter, Azure, ...',
    },
    { id: 'anthropic:<model>', provider: 'anthropic', needs: 'ANTHROPIC_API_KEY, or base_url and api_key_env' },
    { id: 'gemini:<model>', provider: 'gemini', needs: 'GEMINI_API_KEY, or base_url and api_key_env' },
    { id: 'replay:<file>', provider: 'replay', needs: 'a JSONL file of recorded answers' },
  ];
}

/** What is wrong with a spec that can be told before a sweep starts (UserError, exit 2); null if nothing is. */
export function checkModel(spec: ModelSpec, env: Env): UserError | null {
  const { id } = spec;
  const provider = PROVIDERS.find((known) => known === providerOf(id));
  const name = id.slice((provider?.length ?? 0) + 1);
  if (provider === undefined || name === '' || (provider === 'embedded' && !isEmbedded(name))) return unknownModel(id);
  if (provider === 'replay' && !existsSync(name)) {
    const hint = 'Give the path of an existing file of recorded answers: replay:FILE.jsonl';
    return new UserError(`Model "${id}": there is no file ${name}`, { hint, exitCode: 2 });
  }
  const variable = keyVariable(spec);
  if (variable === null || (env[variable] ?? '') !== '') return null;
  const hint = `Set ${variable} where the model worker runs, or give the model a base_url of a host that needs no key.`;
  return new UserError(`Model "${id}" needs a key, and ${variable} is not set`, { hint, exitCode: 2 });
}
