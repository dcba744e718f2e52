import { expect, test } from '@jest/globals';
import { toolCall } from '../../domain/strategies/tool-call.js';

test.each([
  ['Thought: what takes an axis?\nDocs: numpy.mean axis', { name: 'read_docs', query: 'numpy.mean axis' }],
  ['Action: read_docs("torch.nn.Linear")', { name: 'read_docs', query: 'torch.nn.Linear' }],
  ['It is right.\nFinish', { name: 'finish', query: '' }],
  ['<think>\nFinish early at n = 0?\n</think>\nDocs: torch.sum', { name: 'read_docs', query: 'torch.sum' }],
  // Thought of, and not asked for.
  ['<think>\nFinish the loop at n.\nDocs: maybe none\n</think>\nI need another look.', null],
  ['<think>\nFinish the loop at', null],
  ['I would finish here.', null],
  ['', null],
])('%j', (answer, call) => {
  expect(toolCall(answer)).toEqual(call);
});
