import { Failure } from '../../domain/failures.js';
import { providerOf, type ModelSpec } from '../../domain/sweep.js';

/** The environment that keys are read from, at the moment of a request. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Where each provider answers, and the variable that its key is in, unless a sweep says otherwise. */
const HOSTS = {
  openai: { baseUrl: 'https://api.openai.com/v1', keyEnv: 'OPENAI_API_KEY' },
  anthropic: { baseUrl: 'https://api.anthropic.com/v1', keyEnv: 'ANTHROPIC_API_KEY' },
  gemini: { baseUrl: 'https://generativelanguage.googleapis.com/v1beta', keyEnv: 'GEMINI_API_KEY' },
} as const satisfies Readonly<Record<string, { baseUrl: string; keyEnv: string }>>;
type HostName = keyof typeof HOSTS;

function isHost(name: string): name is HostName {
  return Object.hasOwn(HOSTS, name);
}

/** True if no `base_url` sends a spec's requests elsewhere. */
export function isDefaultHost(spec: ModelSpec): boolean {
  return spec.baseUrl === null;
}

/**
 * The environment variable that must hold a key for this spec; null if its host wants none. The key of a provider goes
 * to no other host than its own, unless `api_key_env` says so.
 */
export function keyVariable(spec: ModelSpec): string | null {
  const provider = providerOf(spec.id);
  return spec.apiKeyEnv ?? (isHost(provider) && isDefaultHost(spec) ? HOSTS[provider].keyEnv : null);
}

/** A host as a request needs it. The key is read now and kept nowhere. Throws `ModelAuth` if it is missing. */
export function hostOf(spec: ModelSpec, env: Env): { baseUrl: string; key: string | null; model: string } {
  const provider = providerOf(spec.id);
  const baseUrl = spec.baseUrl ?? (isHost(provider) ? HOSTS[provider].baseUrl : '');
  const model = spec.id.slice(spec.id.indexOf(':') + 1);
  const variable = keyVariable(spec);
  if (variable === null) return { baseUrl, key: null, model };
  const key = env[variable]?.trim() ?? '';
  const where = `${variable} is not set where the model worker runs`;
  if (key === '') throw new Failure('ModelAuth', `${spec.id} needs a key: ${where}`);
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new Failure('ModelAuth', `${spec.id}: ${variable} holds characters that no key has`);
  }
  return { baseUrl, key, model };
}
