import { classOfException, type Classification, type ErrorClass } from '../error-class.js';
import type { Fault } from '../verdict.js';
import { literal } from './patterns.js';
import type { RecordedProgram } from './program.js';

/** What a rule looks at: an exception that was not caught, or what a handler printed of one. */
export interface Evidence {
  /** Class name of the exception; "" if only its message was printed. */
  readonly type: string;
  /** Lines to quote and to look for causes in, the deciding exception last. */
  readonly lines: readonly string[];
  readonly program: RecordedProgram | null;
  /** Packages that the task asks for; null if unknown. */
  readonly requirements: readonly string[] | null;
}

interface Found {
  readonly fault: Fault;
  readonly confidence?: 'high' | 'low';
  readonly errorClass?: ErrorClass;
}

/** A row of the table: the first one that matches a line decides. */
interface Rule {
  readonly pattern: RegExp;
  readonly errorClass: ErrorClass;
  /** Whose fault it is, or how that is found; null goes on to the next rule. */
  readonly fault: Fault | ((match: RegExpExecArray, evidence: Evidence) => Found | null);
}

/** In this order: what cut the run short, the network, what the hub answered, packages, files. */
const RULES: readonly Rule[] = [
  {
    pattern: /\bKeyboardInterrupt\b|^Killed$|\bSIGKILL\b|\bSIGTERM\b/,
    errorClass: 'interrupted',
    fault: 'infrastructure',
  },
  { pattern: /No space left on device|Disk quota exceeded/, errorClass: 'disk-full', fault: 'infrastructure' },
  {
    pattern: /CUDA out of memory|OutOfMemoryError|DefaultCPUAllocator: (?:can't|not enough)|^MemoryError\b/,
    errorClass: 'memory',
    fault: 'infrastructure',
  },
  {
    pattern:
      /ProxyError|ReadTimeout|ConnectTimeout|\bConnectionError\b|ConnectionResetError|ConnectionRefusedError|NewConnectionError|ChunkedEncodingError|IncompleteRead|ProtocolError|RemoteDisconnected|Max retries exceeded|MaxRetryError|NameResolutionError|\bSSLError\b|SSLEOFError|SSLZeroReturnError|<urlopen error|Read timed out|timed out\b|Connection (?:broken|aborted|reset|refused)|Network is unreachable|Temporary failure in name resolution/,
    errorClass: 'network',
    fault: reached,
  },
  {
    pattern:
      /\b5\d\d (?:Server Error|Service|Bad Gateway|Gateway|Internal)|HTTP Error (?:5\d\d|429)|\b429 (?:Client Error|Too Many)|Service Unavailable for url/,
    errorClass: 'network',
    fault: 'infrastructure',
  },
  {
    pattern:
      /LocalEntryNotFoundError|Connection error,|Consistency check failed|We couldn't connect to|couldn't reach|PytorchStreamReader failed|Error while deserializing header/i,
    errorClass: 'network',
    fault: 'infrastructure',
  },
  {
    pattern: /You are trying to access a gated repo|Access to (?:model|dataset) \S+ is restricted|GatedRepoError/,
    errorClass: 'network',
    fault: 'infrastructure',
  },
  {
    pattern: /APIRemovedInV\d|You need to have \S+ installed|requires the \S+ library but it was not found/,
    errorClass: 'missing-package',
    fault: 'environment',
  },
  {
    pattern:
      /([\w.~/-]+)['"]? is not a local folder and is not a valid model identifier|([\w.~/-]+) does not appear to have a file named config\.json/,
    errorClass: 'unknown-model',
    fault: (match, evidence) => promised(match[1] ?? match[2] ?? '', evidence),
  },
  {
    pattern:
      /does not appear to have a file named|\b(?:Repository|Entry|Revision) ?Not ?Found|Couldn't find (?:a |any )?(?:dataset|data file)|doesn't exist on the Hub|Unrecognized model in|\b40[134] Client Error|HFValidationError|Repo id must /,
    errorClass: 'unknown-model',
    fault: 'model',
  },
  { pattern: /HTTP Error 40\d/, errorClass: 'network', fault: fetched },
  { pattern: /No module named ['"]\w+\.[\w.]+['"]/, errorClass: 'import', fault: 'model' },
  {
    pattern: /No module named ['"](\w+)['"]/,
    errorClass: 'missing-package',
    fault: (match, evidence) => ({
      fault: 'environment',
      confidence: isWanted(match[1] ?? '', evidence) ? 'high' : 'low',
    }),
  },
  {
    pattern: /!_src\.empty\(\)|can't open\/read file/,
    errorClass: 'missing-file',
    fault: (_, { program }) => (bringsNoFile(program) ? { fault: 'task', confidence: 'low' } : { fault: 'model' }),
  },
  {
    pattern:
      /No such file or directory: ['"]?([^'"]*)|(?:not find|find|not open|unable to open) (?:the )?(?:file|image|path)?:? ?['"]([^'"]+)|Error opening ['"]([^'"]+)/i,
    errorClass: 'missing-file',
    fault: (match, { program }) =>
      ownerOf(
        match.slice(1).find((path) => path !== undefined),
        program,
      ),
  },
];

/** Classifies by the table; null where no row matches. The last line that the first matching row fits is the evidence. */
export function classifyByRules(evidence: Evidence): Classification | null {
  for (const { pattern, errorClass, fault } of RULES) {
    const line = evidence.lines.findLast((text) => pattern.test(text));
    const match = line === undefined ? null : pattern.exec(line);
    if (line === undefined || match === null) continue;
    const found = typeof fault === 'string' ? { fault } : fault(match, evidence);
    if (found !== null) return { errorClass, confidence: 'high', ...found, evidence: line.trim() };
  }
  return null;
}

const BY_MESSAGE: readonly (readonly [RegExp, ErrorClass])[] = [
  [/name '\w+' is not defined|referenced before assignment/, 'name'],
  [/has no attribute/, 'attribute'],
  [/unexpected keyword|positional argument|not callable|not subscriptable|indices must be|unsupported operand/, 'type'],
  [/invalid syntax/, 'syntax'],
  [/cannot import name/, 'import'],
];

/** Classifies what no rule knows by the exception's class, else by its message. */
export function classByMessage(type: string, message: string): ErrorClass {
  if (type !== '') return classOfException(type);
  return BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ?? 'exception';
}

/** A host that only the model's own code names may not exist at all. */
function reached(_: RegExpExecArray, { lines, program }: Evidence): Found {
  const hosts = lines.flatMap((line) => [...line.matchAll(/host='([^']+)'/g)].map(([, host]) => host ?? ''));
  const [host] = hosts;
  if (program === null || host === undefined) return { fault: 'infrastructure' };
  const isOwn = mentions(program.candidate, host) && !mentions(`${program.prompt}\n${program.test}`, host);
  return { fault: 'infrastructure', confidence: isOwn ? 'low' : 'high' };
}

/** An address that the task names did answer when the task was made; one that the model wrote may never have. */
function fetched(_: RegExpExecArray, { program }: Evidence): Found {
  const isOwn = program === null || /https?:\/\//.test(program.candidate) || !/https?:\/\//.test(program.test);
  return isOwn
    ? { fault: 'model', errorClass: 'exception' }
    : { fault: 'infrastructure', errorClass: 'network', confidence: 'low' };
}

/** A name of a model that the prompt gave is the task's fault, also where the model took it over. */
function promised(id: string, { program }: Evidence): Found {
  const isGiven = program !== null && new RegExp(`(?<![\\w/.-])${literal(id)}(?![\\w/-])`).test(program.prompt);
  if (isGiven) return { fault: 'task', confidence: 'low' };
  // A file or an address in place of a model's name: the program confused what it was given.
  return /^\/\/|\.\w{2,4}$/.test(id) ? { fault: 'model' } : ownerOf(id, program);
}

/** The test names a local file that no data set holds, and the program opens none of its own. */
function bringsNoFile(program: RecordedProgram | null): boolean {
  const local = /['"](?!https?:)[\w./-]+\.(?:jpe?g|png|bmp|gif|wav|mp3|flac|mp4|avi|csv|json|joblib|pkl|txt)['"]/;
  return program !== null && local.test(program.test) && !local.test(program.candidate);
}

/**
 * A file that the task names is the task's fault, and so is an address in place of a path that the prompt asks for; one
 * that the model made up is the model's.
 */
function ownerOf(name: string | undefined, program: RecordedProgram | null): Found {
  if (program === null) return { fault: 'model', confidence: 'low' };
  if (name === undefined || name === '') return { fault: 'model' };
  if (mentions(program.candidate, name)) return { fault: 'model' };
  if (/^https?:/.test(name) && /\burls?\b|https?:/i.test(program.prompt)) return { fault: 'model' };
  return mentions(program.test, name) || mentions(program.prompt, name)
    ? { fault: 'task', confidence: 'low' }
    : { fault: 'model' };
}

function mentions(text: string, name: string): boolean {
  return name.length > 1 && text.includes(name);
}

const ALIASES: Readonly<Record<string, string>> = { pil: 'pillow', sklearn: 'scikit-learn', cv2: 'opencv-python' };

/** The task asks for that package, or its own imports use it. */
function isWanted(module: string, { requirements, program }: Evidence): boolean {
  const top = module.split('.')[0] ?? module;
  const names = [top.toLowerCase(), ALIASES[top.toLowerCase()] ?? ''];
  const isRequired = requirements?.some((name) => names.includes(name.toLowerCase().split(/[<>=[]/)[0] ?? '')) ?? false;
  return isRequired || new RegExp(`^\\s*(?:import|from)\\s+${literal(top)}\\b`, 'm').test(program?.prompt ?? '');
}
