/** One earlier round of a conversation: what the model answered and what was seen when its program ran. */
export interface Turn {
  readonly completion: string;
  /** Null if the answer held no code, so that nothing ran. */
  readonly observation: string | null;
}
