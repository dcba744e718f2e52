/** How far one download has come, in bytes; `total` is null where it is not known. */
export interface Progress {
  readonly what: string;
  readonly done: number;
  readonly total: number | null;
}

/** The part of a writable stream that progress is shown on. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 24;

/** Shows progress on `stream`: a bar that redraws itself on a terminal, a line for every 10 % elsewhere. */
export function progressBar(stream: ProgressStream): (progress: Progress) => void {
  const shown = new Map<string, number>();
  return ({ what, done, total }) => {
    const percent = total === null || total === 0 ? null : Math.min(100, Math.floor((100 * done) / total));
    const step = percent === null ? Math.floor(done / 10e6) : Math.floor(percent / (stream.isTTY === true ? 1 : 10));
    if (shown.get(what) === step) return;
    shown.set(what, step);
    const line = `${what} ${amount(done, total, percent)}`;
    if (stream.isTTY !== true) stream.write(`${line}\n`);
    else stream.write(`\r\u001B[2K${line} ${bar(percent)}${percent === 100 ? '\n' : ''}`);
  };
}

function amount(done: number, total: number | null, percent: number | null): string {
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0);
  return percent === null || total === null
    ? `${megabytes(done)} MB`
    : `${String(percent).padStart(3)} % of ${megabytes(total)} MB`;
}

function bar(percent: number | null): string {
  const filled = Math.round(((percent ?? 0) * WIDTH) / 100);
  return `[${'='.repeat(filled)}${' '.repeat(WIDTH - filled)}]`;
}
