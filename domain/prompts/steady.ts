/** A text of a run without what differs from run to run. */
export function steady(text: string): string {
  return text
    .replaceAll(/\b0x[0-9a-f]{6,}\b/gi, '0x...')
    .replaceAll(/\/tmp\/(?!work\b)[\w./-]+/g, '/tmp/...')
    .replaceAll(/(?:\/[\w.-]+)+\/(?=(?:site-packages|python3\.\d+)\/)/g, '');
}
