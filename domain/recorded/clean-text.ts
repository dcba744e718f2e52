/** Escape sequences of terminals: colours, cursor moves. */
// oxlint-disable-next-line no-control-regex
const ESCAPES = /\u001B(?:\[[0-9;?]*[A-Za-z]|\][^\u0007]*\u0007)|\u001B/g;
const PROGRESS = /\d{1,3}%\|[^|]*\||\d{1,3}%\s*[|#█▏-]|\[\d+:\d\d<|\d(?:\.\d+)?\s?[kMG]?B\/s\b|\b\d+(?:\.\d+)?it\/s\b/u;
const FRAMEWORK =
  /^(?:WARNING:tensorflow|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: [IWE] (?:tensorflow|external|\S+\.cc:)|To enable the following instructions:|[IWE]\d{4} \d\d:\d\d:\d\d)/;
/** `file:line: SomeWarning: text`, which Python follows with the line of source that gave the warning. */
const WARNING = /^(?:\S.*:\d+: )\w*Warning\b:?/;
/** A record of a log below the level of an error: what is told there, the program went on after. */
const RECORD =
  /^\[?(?:\d{4}-\d\d-\d\d|\d\d\/\d\d\/\d{4})[ T]\d\d:\d\d:\d\d\S* .*\b(?:DEBUG|INFO|WARNING)\b|^(?:DEBUG|INFO|WARNING)[: ]/;
/** A download that broke off and is taken up again: a failure follows as an exception if that did not work either. */
const RESUMED = /Error while downloading from .*|^Trying to resume download/;

/**
 * The lines of a run's output that may say how it went: of each line what its last carriage return left, without
 * terminal codes, progress bars, notices of TensorFlow and XLA, and Python's warnings with the source line after them.
 */
export function cleanLines(output: string): string[] {
  const kept: string[] = [];
  let afterWarning = false;
  for (const raw of output.replace(ESCAPES, '').split('\n')) {
    const line = lastPart(raw);
    const isSource = afterWarning && /^\s+\S/.test(line);
    afterWarning = WARNING.test(line);
    if (line.trim() === '' || isSource || afterWarning) continue;
    if (isNotice(line) || RECORD.test(line) || RESUMED.test(line)) continue;
    kept.push(line.trimEnd());
  }
  return kept;
}

/**
 * A run's output as it was printed, but for what is another each time and says nothing of the run: what was overwritten, progress
 * bars with their speed, notices of TensorFlow and XLA with their time.
 */
export function withoutNotices(output: string): string {
  return output
    .split('\n')
    .map((line) => (line.includes('\r') ? lastPart(line) : line))
    .filter((line) => !isNotice(line))
    .join('\n');
}

function isNotice(line: string): boolean {
  return PROGRESS.test(line) || FRAMEWORK.test(line);
}

/** What a terminal shows of a line that was overwritten; a program may print right behind a progress bar's return. */
function lastPart(raw: string): string {
  return raw.split('\r').findLast((part) => part.trim() !== '') ?? '';
}

/** The output ends in a download's progress bar that did not come to its end. */
export function endsInDownload(output: string): boolean {
  const last = lastPart(output.trimEnd().split('\n').at(-1) ?? '');
  const [, name = '', share] = /^(.*?):\s*(\d{1,3})%\|.*B\/s\]/u.exec(last) ?? [];
  if (share === undefined || Number(share) >= 100) return false;
  // A download that was taken up again leaves its first bar where it broke off.
  return !output.split(/[\r\n]/).some((line) => line.startsWith(name) && /:\s*100%\|/.test(line));
}
