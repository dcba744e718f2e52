/** Names of Temporal's task queues; the only place where they are written. */
export const CONTROL_QUEUE = 'control';

/** Activities that ask models of this provider, e.g. "openai". */
export function modelQueue(provider: string): string {
  return `model.${provider}`;
}

/** Activities that run programs in this environment (set of Python packages), e.g. "base". */
export function sandboxQueue(environment: string): string {
  return `sandbox.${environment}`;
}
