import type { Assembly } from './aicodereval-assembly.js';
import type { StrategySpec } from './strategies/strategy.js';

/** How a model is asked: in a conversation, or with text to continue (a base model). */
export const MODEL_KINDS = ['chat', 'completion'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/** Which model answers, and how it is asked. Times in milliseconds. */
export interface ModelSpec {
  /** As the user writes it, e.g. "embedded:qwen2.5-coder-0.5b" or "openai:gpt-x". */
  readonly id: string;
  /** Name on rows; distinguishes two settings of one model. The id unless set. */
  readonly label: string;
  /** Left out for `chat`. */
  readonly kind?: ModelKind | undefined;
  readonly temperature: number;
  readonly topP: number;
  readonly maxTokens: number;
  readonly seed: number;
  readonly stop: readonly string[];
  /** Base address of an OpenAI-compatible host, without a trailing slash; null for the provider's default. */
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
  /** US dollars for a million tokens; 0 where unknown or free. */
  readonly promptUsdPerMillion: number;
  readonly completionUsdPerMillion: number;
}

/** A suite, and where its tasks come from. */
export interface SuiteSource {
  readonly id: string;
  /** A local file in place of the download; null uses the suite's own source. */
  readonly file: string | null;
  /** Commit of the suite's repository on the hub; left out for the one that the suite knows. */
  readonly revision?: string | undefined;
}

export interface SuiteSpec extends SuiteSource {
  /** The first `limit` tasks; null is all of them. */
  readonly limit: number | null;
  /** Only these tasks; null is all of them. */
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
