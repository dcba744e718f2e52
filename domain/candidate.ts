/**
 * Why a model stopped, in its host's words mapped to a closed list. `refusal` is the model's own no, `content-filter`
 * its host's, of the prompt or of the answer.
 */
export const FINISH_REASONS = ['stop', 'length', 'refusal', 'content-filter', 'other'] as const;
export type FinishReason = (typeof FINISH_REASONS)[number];

/** A program taken from a model's answer, ready to run; null where the answer holds no code. */
export interface Candidate {
  readonly program: string;
  /** Non-blank lines (the paper's CL) of the extracted code. */
  readonly codeLines: number;
  /** Names, numbers and single signs (the paper's CT, counted roughly) of the extracted code. */
  readonly codeTokens: number;
}
