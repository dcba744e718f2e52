import type Docker from 'dockerode';
import { Failure } from '../../../domain/failures.js';
import { hasCode } from '../../fs.js';

/** An engine under load takes seconds to start a container; one that takes this long hangs. */
const ANSWER_MS = 60_000;
const GONE = new Set([404, 409]);

/** A container engine. */
export type Engine = Docker;

/** The engine that `DOCKER_HOST` names, else the one at Docker's usual socket. Connects when it is first asked. */
export async function openEngine(): Promise<Engine> {
  // Every process knows this backend and few use it: loading its library takes a fifth of a worker's start.
  const { default: Client } = await import('dockerode');
  return new Client();
}

/**
 * Awaits what an engine was asked for. Throws `SandboxUnavailable` when it can't be reached, refuses, or does not answer
 * within a minute.
 */
export async function answer<T>(what: string, asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ANSWER_MS / 1_000} s`)), ANSWER_MS);
  });
  try {
    return await Promise.race([asked, late]);
  } catch (cause) {
    throw engineFailure(what, cause);
  } finally {
    clearTimeout(timer);
  }
}

/** Like `answer`, where what is to be removed may be gone, or on its way out, already. */
export async function answerUnlessGone(what: string, asked: Promise<unknown>): Promise<void> {
  await answer(
    what,
    asked.catch((error: unknown) => {
      if (!GONE.has(statusOf(error) ?? 0)) throw error;
    }),
  );
}

/** The HTTP status of an engine's refusal; null for any other error. */
export function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null;
  return typeof error.statusCode === 'number' ? error.statusCode : null;
}

/** What an engine, or the way to it, says is wrong. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message.trim() : String(error);
}

function engineFailure(what: string, cause: unknown): Failure {
  const words = wordsOf(cause);
  if (hasCode(cause, 'EACCES')) {
    const message = `Docker may not be used by this user (${words}): add it to the group "docker", or set DOCKER_HOST`;
    return new Failure('SandboxUnavailable', message, { cause });
  }
  if (statusOf(cause) === null) {
    const message = `Docker does not answer (${words}): start its daemon, or set DOCKER_HOST to where it listens`;
    return new Failure('SandboxUnavailable', message, { cause });
  }
  return new Failure('SandboxUnavailable', `Docker could not ${what}: ${words}`, { cause });
}
