/**
 * A text of a run without what differs from run to run or between machines: addresses, names of temporary files, TensorFlow's
 * names of the kernels that some processors have. A prompt that holds it is the same for the same failure, so that a recorded
 * answer is found again.
 */
export function steady(text: string): string {
  return text
    .replaceAll('__wrapped____Mkl', '__wrapped__')
    .replaceAll(/\b0x[0-9a-f]{6,}\b/gi, '0x...')
    .replaceAll(/\/tmp\/(?!work\b)[\w./-]+/g, '/tmp/...');
}

/** The same, with files of libraries told from their package on. */
export function brief(text: string): string {
  return steady(text).replaceAll(/(?:\/[\w.-]+)+\/(?=(?:site-packages|python3\.\d+)\/)/g, '');
}
