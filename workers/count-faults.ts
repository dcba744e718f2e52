import { ApplicationFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { RETRY_RULES } from '../domain/failures.js';
import type { Metrics } from '../infra/metrics/metrics.js';

/** Counts how activities fail: on its way to Temporal each fault says whether it will be tried again. */
export function countFaults(metrics: Metrics): ActivityInterceptorsFactory {
  return ({ info, cancellationSignal }) => ({
    inbound: {
      async execute(input, next) {
        try {
          return await next(input);
        } catch (error) {
          if (!cancellationSignal.aborted)
            metrics.count('aicodereval_faults_total', labelsOf(info.activityType, error));
          throw error;
        }
      },
    },
  });
}

function labelsOf(activity: string, error: unknown): { activity: string; fault: string; retried: string } {
  const failure = error instanceof ApplicationFailure ? error : null;
  const type = failure?.type ?? '';
  return {
    activity,
    fault: type in RETRY_RULES ? type : 'other',
    retried: String(failure?.nonRetryable !== true),
  };
}
