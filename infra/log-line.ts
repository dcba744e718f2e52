import { styleText } from 'node:util';
import { tryJson } from './parse/json.js';

/** How a line looks. */
export interface LineStyle {
  readonly isColoured: boolean;
  /** A line of progress may stand where this one is written. */
  readonly isTerminal: boolean;
}

const COLOURS = { trace: 'gray', debug: 'gray', info: 'green', warn: 'yellow', error: 'red', fatal: 'red' } as const;
/** What the JSON says beside, and people have no use for while they watch. */
const LEFT_OUT = new Set(
  ['level', 'time', 'pid', 'hostname', 'name', 'msg', 'err', 'error', 'sdkComponent', 'namespace', 'isLocal'].concat([
    'activityId',
    'workflowId',
    'workflowRunId',
    'workflowType',
    'runId',
    'sweep',
  ]),
);
const MOST_CHARS = 400;

/** A JSON line of the log as one short line for people: time, level, message, what went wrong, other fields. */
export function lineForPeople(line: string, style: LineStyle): string {
  const fields = tryJson(line);
  if (typeof fields !== 'object' || fields === null) return line;
  const { level = '', time = '', msg = '', err, error = err, cell, sweep, ...rest } = fields as Record<string, unknown>;
  const cause = messageOf(error);
  const pairs = Object.entries({ ...(cell === undefined ? { of: sweep } : { cell }), ...rest }).filter(
    ([key, value]) => !LEFT_OUT.has(key) && value !== undefined && value !== null,
  );
  const words = [
    `${text(msg)}${cause === '' || text(msg).includes(cause) ? '' : `: ${cause}`}`,
    ...pairs.map(([key, value]) => `${key}=${text(value)}`),
  ];
  const whole = printable(words.join(' '));
  const said = whole.length > MOST_CHARS ? `${whole.slice(0, MOST_CHARS - 1)}…` : whole;
  const start = style.isTerminal ? '\r\u001B[2K' : '';
  return `${start}${clock(text(time))} ${coloured(text(level), style)} ${said}\n`;
}

function coloured(level: string, { isColoured }: LineStyle): string {
  const padded = level.toUpperCase().padEnd(5);
  const colour = COLOURS[level as keyof typeof COLOURS] as (typeof COLOURS)[keyof typeof COLOURS] | undefined;
  return isColoured && colour !== undefined ? styleText(colour, padded, { validateStream: false }) : padded;
}

function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return error === undefined || error === null ? '' : text(error);
  const { type, message } = error as Record<string, unknown>;
  return [type, message]
    .filter((part) => part !== undefined && part !== 'Error')
    .map(text)
    .join(': ');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** What a program or a model said must not steer a terminal, nor take more than its line. */
function printable(words: string): string {
  return words.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** Local time of day of an ISO time. */
function clock(time: string): string {
  const at = new Date(time);
  const two = (part: number): string => String(part).padStart(2, '0');
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
}
