import { answerIn } from '../answer-blocks.js';
import type { ToolCall } from '../attempt.js';

const QUERY_LIMIT = 200;
const READ_DOCS = /^[ \t]*(?:action:[ \t]*)?(?:docs|read_docs)[ \t]*[:[(][ \t]*(?<query>[^\n]+?)[\])"'`]*[ \t]*$/im;
const FINISH = /^[ \t]*(?:action:[ \t]*)?finish\b/im;

/** What an answer without code asks for: a look-up, or to end; null for neither. What it thinks of doing asks for nothing. */
export function toolCall(completion: string): ToolCall | null {
  const answer = answerIn(completion);
  const query = READ_DOCS.exec(answer)
    ?.groups?.['query']?.replace(/^["'`]+/, '')
    .slice(0, QUERY_LIMIT)
    .trim();
  if (query !== undefined && query !== '') return { name: 'read_docs', query };
  return FINISH.test(answer) ? { name: 'finish', query: '' } : null;
}
