import { expect, test } from '@jest/globals';
import { freePort } from '../../../infra/ports.js';
import { callInChild } from '../../support/child.js';
import { parseExposition, total } from '../../support/exposition.js';

test('a thousand models do not make a thousand time series, and all are counted', async () => {
  const { result, child } = callInChild('test/support/count-many-main.ts', 'countMany', [await freePort(0), 1_000]);
  const found = parseExposition((await result) as string);
  child.kill();
  const name = 'aicodereval_model_requests_total';
  expect(found.get(name)?.samples).toHaveLength(101);
  expect(total(found, name, { model: 'other' })).toBe(900);
  expect(total(found, name)).toBe(1_000);
  // What is known ahead begins at 0; what is of other roles is not there.
  expect(total(found, 'aicodereval_answer_cache_lookups_total')).toBe(0);
  expect(found.get('aicodereval_answer_cache_lookups_total')?.samples).toHaveLength(3);
  expect(found.has('aicodereval_sandbox_slots')).toBe(false);
});
