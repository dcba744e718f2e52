import { authorsPrompt, programOfCompletion } from '../../domain/aicodereval-assembly.js';
import type { SplitProgram } from '../../domain/aicodereval-sections.js';

/** The program that AICoderEval's authors ran: candidate, test and call in one file. */
export function authorsProgram(program: SplitProgram, answer: string): string {
  const task = { prompt: '', authorsPrompt: authorsPrompt(program) };
  const call = program.sections.get('call_test_function_code') ?? program.sections.get('call_test_function_line');
  const test = program.sections.get('test_function_code');
  return `${programOfCompletion(task, answer, 'authors')}\n\n${test?.raw ?? ''}\n${call?.raw ?? ''}`;
}
