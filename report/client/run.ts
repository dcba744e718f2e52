import type { ReportDetail, RunDetail, Text } from '../page/detail.js';
import { counted } from '../text.js';
import { plainText } from './code.js';
import { badge, type Child, h } from './dom.js';
import { bytes, duration } from './format.js';
import { textOf } from './stored-text.js';

/** What the sandbox saw of a run: how it ended, its cases, what failed and why, what was printed. */
export function runView(run: RunDetail, texts: readonly Text[]): HTMLElement {
  const { report } = run;
  const what = run.check === 'tests' ? "the benchmark's tests" : 'the examples of the prompt';
  return h(
    'section',
    { class: 'run' },
    h(
      'h3',
      {},
      badge(run.verdict),
      ` by ${what}`,
      run.errorClass !== 'none' &&
        h('span', { class: 'soft' }, ` ${run.errorClass}, fault: ${run.fault ?? 'not recorded'}`),
    ),
    h('p', { class: 'facts-line' }, ...facts(run)),
    report === null
      ? h('p', { class: 'soft' }, 'What the sandbox saw is not in the store any more.')
      : reportView(report, texts),
  );
}

function facts({
  endOfRun,
  casesPassed,
  casesTotal,
  asserts,
  executeMs,
  cpuMs,
  peakMemoryBytes,
  device,
}: RunDetail): Child[] {
  const parts = [
    `ended by ${endOfRun}`,
    casesTotal > 0 ? `${casesPassed} of ${counted(casesTotal, 'case')} passed` : 'no cases',
    counted(asserts, 'assertion') + ' held',
    `${duration(executeMs)} (${duration(cpuMs)} of processor time)`,
    `${bytes(peakMemoryBytes)} at most`,
    ...(device === 'cpu' ? [] : [device]),
  ];
  return [parts.join(' · ')];
}

function reportView(report: ReportDetail, texts: readonly Text[]): HTMLElement {
  const { cases, failure, exception, tampered, network, beside, stdout, stderr } = report;
  const said = [
    ...(tampered === null ? [] : [`It was seen reaching into the process that grades it: ${tampered}`]),
    ...(network ? ['A socket of the internet was opened.'] : []),
    ...beside,
  ];
  return h(
    'div',
    {},
    cases.length > 0 && casesView(cases),
    failure !== null && failure !== undefined && failureView(failure),
    exception !== null && exceptionView(exception, texts),
    ...said.map((sentence) => h('p', {}, sentence)),
    stdout !== null && output('printed', stdout, texts),
    stderr !== null && output('printed to stderr', stderr, texts),
  );
}

function casesView(cases: ReportDetail['cases']): HTMLElement {
  const marks = cases.map((status, at) =>
    h(
      'li',
      { class: `case ${status}`, title: `case ${at + 1}: ${status}` },
      h('span', { class: 'away' }, `case ${at + 1}: ${status}`),
    ),
  );
  return h('ol', { class: 'cases-strip', 'aria-label': 'cases' }, ...marks);
}

function failureView({ index, call, expected, got }: NonNullable<ReportDetail['failure']>): HTMLElement {
  return h(
    'table',
    { class: 'pairs' },
    pair(`case ${index + 1} checks`, call),
    expected !== null && pair('expected', expected),
    got !== null && pair('got', got),
  );
}

function pair(name: string, value: string): HTMLElement {
  return h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, h('code', {}, value)));
}

function exceptionView(exception: NonNullable<ReportDetail['exception']>, texts: readonly Text[]): HTMLElement {
  const { type, message, chain = [], frames = [], locals = [], call, trace } = exception;
  const causes = chain.filter((cause, at) => at > 0 && !(cause.type === type && cause.message === message));
  return h(
    'div',
    { class: 'exception' },
    h('p', { class: 'raised' }, h('b', {}, type), message === '' ? '' : `: ${message}`),
    ...causes.map((cause) => h('p', { class: 'soft' }, `caused by ${cause.type}: ${cause.message}`)),
    call !== null && call !== undefined && callView(call),
    frames.length > 0 && framesView(frames),
    locals.length > 0 && localsView(locals),
    folded("Python's traceback", textOf(texts[trace])),
  );
}

function callView({
  name,
  library,
  version,
  signature,
}: NonNullable<NonNullable<ReportDetail['exception']>['call']>): HTMLElement {
  const installed = version === null ? library : `${library} ${version}`;
  return h(
    'table',
    { class: 'pairs' },
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, `${installed} has`),
      h('td', {}, h('code', {}, signature === null ? `${name} (no signature known)` : `${name}${signature}`)),
    ),
  );
}

function framesView(frames: NonNullable<NonNullable<ReportDetail['exception']>['frames']>): HTMLElement {
  const rows = frames.map(({ where, file, line, function: name, text }) =>
    h(
      'tr',
      { class: `frame ${where}` },
      h('th', { scope: 'row' }, where === 'candidate' ? 'program' : where),
      h('td', { class: 'soft' }, `${where === 'library' ? `${file}:` : 'line '}${line}`),
      h('td', {}, h('code', {}, name)),
      h('td', {}, h('code', {}, text)),
    ),
  );
  return titled('Frames, innermost last', h('table', { class: 'frames' }, ...rows));
}

function localsView(locals: NonNullable<NonNullable<ReportDetail['exception']>['locals']>): HTMLElement {
  const rows = locals.map(({ name, type, shape, dtype, device, length, value }) => {
    const kind = [
      type,
      shape === null ? null : `[${shape.join(', ')}]`,
      dtype,
      device,
      length === null ? null : `length ${length}`,
    ];
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, h('code', {}, name)),
      h('td', { class: 'soft' }, kind.filter((part) => part !== null).join(', ')),
      h('td', {}, h('code', {}, value)),
    );
  });
  return titled('Variables of the failing line', h('table', { class: 'locals' }, ...rows));
}

function titled(title: string, body: HTMLElement): HTMLElement {
  return h('div', {}, h('h4', {}, title), body);
}

function output(
  title: string,
  { text, bytes: size, truncated }: NonNullable<ReportDetail['stdout']>,
  texts: readonly Text[],
): HTMLElement {
  return folded(`${title}, ${bytes(size)}${truncated ? ', its middle not kept' : ''}`, textOf(texts[text]));
}

/** A text that is there for whoever wants it. */
export function folded(title: string, text: string, isOpen = false): HTMLElement {
  return h('details', { open: isOpen }, h('summary', {}, title), plainText(text));
}
