import { Runtime } from '@temporalio/worker';
import { openMetrics } from '../../infra/metrics/metrics.js';

/** Counts one answer for each of `models` models on an exporter at `port`, and what can be scraped there. */
export async function countMany(port: number, models: number): Promise<string> {
  Runtime.install({
    telemetryOptions: {
      metrics: {
        attachServiceName: false,
        prometheus: { bindAddress: `127.0.0.1:${port}`, countersTotalSuffix: true },
      },
    },
  });
  const metrics = openMetrics(Runtime.instance().metricMeter, ['model']);
  for (let at = 0; at < models; at += 1) {
    metrics.count('aicodereval_model_requests_total', { model: `model "${at}"\n\\`, outcome: 'answer' });
  }
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}
