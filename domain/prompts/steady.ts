/** As Python names the place of an object, wherever that is: `<Layer object at 0x1f2c3d0>`. */
const PLACE = /\bat 0x[0-9a-f]{6,}\b/g;

/** Other addresses, which are as long as this on machines of 64 bits, also filled up to 16 digits; other lengths are values. */
const ADDRESS = /\b0x(?:0000)?[0-9a-f]{11,12}\b/g;

/**
 * A text of a run without what differs from run to run or between machines: addresses, names of temporary files, TensorFlow's
 * names of the kernels that some processors have. A prompt that holds it is the same for the same failure, so that a recorded
 * answer is found again.
 */
export function steady(text: string): string {
  return text
    .replaceAll('__wrapped____Mkl', '__wrapped__')
    .replaceAll(PLACE, 'at 0x...')
    .replaceAll(ADDRESS, '0x...')
    .replaceAll(/\/tmp\/(?!work\b)[\w./-]+/g, '/tmp/...');
}

/** The same, with files of libraries told from their package on. */
export function brief(text: string): string {
  return steady(text).replaceAll(/(?:\/[\w.-]+)+\/(?=(?:site-packages|python3\.\d+)\/)/g, '');
}
