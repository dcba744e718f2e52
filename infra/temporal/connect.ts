import { type Interceptor, Metadata, status } from '@grpc/grpc-js';
import { msToTs } from '@temporalio/common/lib/time.js';
import {
  Client,
  Connection,
  type ConnectionOptions,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';
import { UserError } from '../errors.js';
import type { ClusterConfig } from '../config.js';

/** A client, and what to close when it is no longer needed. */
export interface TemporalClient {
  readonly client: Client;
  readonly connection: Connection;
  readonly namespace: string;
}

/**
 * The client's usual retries. A call that begins after its connection was closed throws, and in a retry nobody can catch
 * that: it would end the process. Here such a call ends with an error, which whoever waits for it sees.
 */
function retrying(): Interceptor {
  const usual = makeGrpcRetryInterceptor(defaultGrpcRetryOptions());
  return (options, nextCall) =>
    usual(options, (again) => {
      try {
        return nextCall(again);
      } catch (error) {
        return refused(error instanceof Error ? error.message : String(error));
      }
    });
}

const nothing = (): void => undefined;

/** A call that ends as cancelled, which is not tried again, once it has been started. */
function refused(details: string): ReturnType<Parameters<Interceptor>[1]> {
  return {
    start: (_, listener) => {
      setImmediate(() => {
        listener?.onReceiveMessage?.(null);
        listener?.onReceiveStatus?.({ code: status.CANCELLED, details, metadata: new Metadata() });
      });
    },
    sendMessage: nothing,
    sendMessageWithContext: nothing,
    startRead: nothing,
    halfClose: nothing,
    cancelWithStatus: nothing,
    getPeer: () => 'none',
    getAuthContext: () => null,
  };
}

/** Where the embedded server of a home answers, by its port. */
export function embeddedServer(grpc: number): ClusterConfig {
  return { connection: { address: `127.0.0.1:${grpc}` }, namespace: 'default' };
}

/** Connects to a cluster that should be there. Throws a `UserError` (exit 3) if nothing answers within ten seconds. */
export async function connect({ connection: options, namespace }: ClusterConfig): Promise<TemporalClient> {
  try {
    const connection = await Connection.connect({
      connectTimeout: '10 seconds',
      interceptors: [retrying()],
      ...options,
    });
    return { connection, namespace, client: new Client({ connection, namespace }) };
  } catch (cause) {
    throw new UserError(`No Temporal server answers at ${options.address ?? 'the default address'}.`, {
      hint: 'Start it, or correct TEMPORAL_ADDRESS or the profile; without both an embedded server is used.',
      exitCode: 3,
      cause,
    });
  }
}

/** How a channel tries again, in milliseconds; by default a second after it was refused once. */
const IMPATIENT = { 'grpc.initial_reconnect_backoff_ms': 20, 'grpc.max_reconnect_backoff_ms': 100 };

/** Waits until a server that was just started answers; polls, as it says nothing when it is ready. */
export async function untilAnswering(options: ConnectionOptions, isAlive: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      const channelArgs = { ...options.channelArgs, ...IMPATIENT };
      const connection = await Connection.connect({ connectTimeout: '1 second', ...options, channelArgs });
      await connection.close();
      return;
    } catch (cause) {
      if (!isAlive() || Date.now() > deadline) {
        const why = isAlive() ? 'does not answer' : 'ended while it started';
        throw new UserError(`The embedded Temporal server ${why}.`, {
          hint: 'Its log is in logs/temporal.log of the home folder.',
          exitCode: 3,
          cause,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Keeps closed workflows for 30 days, so that the UI still shows last week's sweep. */
export async function keepHistories({ connection, namespace }: TemporalClient): Promise<void> {
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs('30 days') },
  });
}
