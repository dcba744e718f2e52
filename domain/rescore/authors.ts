/** What a run wrote. */
export interface RecordedOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** The rules that AICoderEval's authors judged by, in versions 3 and 4 of the data set (see docs/metrics.md). */
export const AUTHORS_RULES = {
  /** Version 3: neither "Error" in stderr nor "failed" in stdout, both as they are written. */
  'authors-v3': ({ stdout, stderr }: RecordedOutput): boolean =>
    !stderr.includes('Error') && !stdout.includes('failed'),
  /** Version 4: the closing marker in stdout, or what begins like it. */
  'authors-v4': ({ stdout }: RecordedOutput): boolean => stdout.includes('Testing finish'),
} as const;
