import { expect, test } from '@jest/globals';
import type { ModelSpec } from '../../../domain/sweep.js';
import { limitField } from '../../../infra/models/openai-compatible.js';
import { specOf } from './specs.js';

test.each<[Partial<ModelSpec>, string]>([
  [{}, 'max_completion_tokens'],
  [{ baseUrl: 'https://api.openai.com/v1' }, 'max_completion_tokens'],
  [{ baseUrl: 'https://eu.api.openai.com/v1' }, 'max_completion_tokens'],
  [{ baseUrl: 'https://name.openai.azure.com/openai/v1' }, 'max_completion_tokens'],
  [{ baseUrl: 'https://name.openai.azure.com', apiVersion: '2024-10-21' }, 'max_tokens'],
  [
    { baseUrl: 'https://name.openai.azure.com', apiVersion: '2024-12-01-preview', reasoning: { effort: 'low' } },
    'max_completion_tokens',
  ],
  [{ baseUrl: 'https://api.openai.com/v1', kind: 'completion' }, 'max_tokens'],
  [{ baseUrl: 'https://api.openai.com.example.org/v1' }, 'max_tokens'],
  [{ baseUrl: 'https://myapi.openai.com/v1' }, 'max_tokens'],
  [{ baseUrl: 'http://127.0.0.1:8000/v1', reasoning: { effort: 'low' } }, 'max_tokens'],
  [{ id: 'embedded:test-model' }, 'max_tokens'],
])('the limit of tokens is named as the host knows it: %j, %s', (changes, field) => {
  expect(limitField(specOf(changes))).toBe(field);
});
