import type { Assembly } from './aicodereval-assembly.js';
import type { StrategySpec } from './strategies/strategy.js';

/** How a model is asked: in a conversation, or with text to continue (a base model). */
export const MODEL_KINDS = ['chat', 'completion'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/** How a chat prompt shows a task: its signature with the docstring's text as prose, or its source as it is, to be completed. */
export const PROMPT_FORMS = ['prose', 'source'] as const;
export type PromptForm = (typeof PROMPT_FORMS)[number];

/** US dollars for a million tokens. */
export interface Price {
  readonly promptUsdPerMillion: number;
  /** Thinking is part of a completion. */
  readonly completionUsdPerMillion: number;
  /** For tokens of the prompt that the host had in its cache, and that it put there; as any other if left out. */
  readonly cachedUsdPerMillion?: number | undefined;
  readonly cacheWriteUsdPerMillion?: number | undefined;
}

/** How long a model may think: a word that its host knows, or a number of tokens. */
export interface Reasoning {
  readonly effort?: string | undefined;
  readonly tokens?: number | undefined;
}

/** What a request may go without, where a host or model refuses it. */
export const OMISSIBLE = ['temperature', 'top_p', 'max_tokens', 'seed', 'stop'] as const;
export type Omissible = (typeof OMISSIBLE)[number];

/** Which model answers, and how it is asked. Times in milliseconds. Prices of 0 mean "not stated" unless `isFree`. */
export interface ModelSpec extends Price {
  /** As the user writes it, e.g. "embedded:qwen2.5-coder-0.5b" or "openai:gpt-x". */
  readonly id: string;
  /** Name on rows; distinguishes two settings of one model. The id unless set. */
  readonly label: string;
  /** Left out for `chat`. */
  readonly kind?: ModelKind | undefined;
  /** Left out for `prose`. */
  readonly prompt?: PromptForm | undefined;
  readonly temperature: number;
  readonly topP: number;
  readonly maxTokens: number;
  readonly seed: number;
  readonly stop: readonly string[];
  /** Base address of the host, with its version, without a trailing slash; null for the provider's default. */
  readonly baseUrl: string | null;
  /** Name of the environment variable that holds the key; null for a host that wants none. */
  readonly apiKeyEnv: string | null;
  /** Requests at the same time, for each model worker. */
  readonly concurrency: number;
  /** Requests and tokens a minute, for each model worker; null is no limit. */
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  /** One request's time-out. */
  readonly timeoutMs: number;
  /** After this long without an answer the cell is left unscored. */
  readonly giveUpAfterMs: number;
  /** The sweep file says that it costs nothing. */
  readonly isFree?: true | undefined;
  /** Nobody knows what it costs: set when a sweep starts, never by its file. */
  readonly isUnpriced?: true | undefined;
  /** Left out where the model is not asked to think. */
  readonly reasoning?: Reasoning | undefined;
  readonly leaveOut?: readonly Omissible[] | undefined;
  /** Fields of the request that only its host knows. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
  /** `anthropic:`: marks the end of each prompt for its host's cache. */
  readonly promptCache?: true | undefined;
  /** `openai:`: the host is Azure, asked in this version of its interface. */
  readonly apiVersion?: string | undefined;
}

/** A suite, and where its tasks come from. */
export interface SuiteSource {
  readonly id: string;
  /** A local file in place of the download; null uses the suite's own source. */
  readonly file: string | null;
  /** Commit of the suite's repository on the hub; left out where a file is named, or the suite is not taken from there. */
  readonly revision?: string | undefined;
}

export interface SuiteSpec extends SuiteSource {
  /** The first `limit` tasks; null is all of them. */
  readonly limit: number | null;
  /** Only these tasks, in this order; null is all of them. */
  readonly tasks: readonly string[] | null;
  /** Only the tasks that a validation found usable; left out for all. */
  readonly only?: 'usable' | undefined;
}

/** Reaching one pauses the sweep; null is no limit. */
export interface SweepLimits {
  readonly costUsd: number | null;
  readonly tokens: number | null;
  readonly wallMs: number | null;
}

/** What the outer wall round programs is made of: bubblewrap on the worker's machine, or containers. */
export const BACKENDS = ['local', 'docker'] as const;
export type Backend = (typeof BACKENDS)[number];

/** For each program; see `Limits` for what reaching one does. */
export interface SandboxSpec {
  readonly backend: Backend;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly memoryBytes: number;
  readonly processes: number;
  readonly outputBytes: number;
  readonly tmpBytes: number;
  /** Class of the GPU that each program gets, or "any"; left out for none. */
  readonly gpu?: string | undefined;
}

/** A sweep: tasks x models x strategies x samples. Written once to the manifest; never changed afterwards. */
export interface SweepConfig {
  readonly name: string;
  readonly suites: readonly SuiteSpec[];
  readonly models: readonly ModelSpec[];
  readonly strategies: readonly StrategySpec[];
  readonly samples: number;
  /** Cells in flight at the same time. */
  readonly concurrency: number;
  readonly limits: SweepLimits;
  readonly sandbox: SandboxSpec;
  /** How programs are made of answers; left out for `parsed`. */
  readonly assembly?: Assembly | undefined;
}

/** "openai:gpt-x" -> "openai". */
export function providerOf(modelId: string): string {
  const colon = modelId.indexOf(':');
  return colon < 0 ? modelId : modelId.slice(0, colon);
}
