import type { Cell } from './cell.js';

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

/** Activities that run programs on a GPU of this class, e.g. "h100"; "any" is whichever there is. */
export function gpuQueue(deviceClass: string): string {
  return `gpu.${deviceClass}`;
}

/** Where the programs of a cell are run. */
export function programQueue({ environment, gpu }: Pick<Cell, 'environment' | 'gpu'>): string {
  return gpu === undefined ? sandboxQueue(environment) : gpuQueue(gpu);
}

/** The queues that activities of these cells go to, each once. */
export function activityQueues(cells: readonly Cell[]): string[] {
  return [...new Set(cells.flatMap((cell) => [modelQueue(cell.provider), programQueue(cell)]))];
}
