import { Failure } from '../../domain/failures.js';
import type { Grading } from '../../domain/task.js';
import { limitedCpuMs, type Limits, REFERENCE_PASSED, type TestReport } from '../../domain/test-report.js';
import { judge } from '../../domain/verdict.js';
import { sha256 } from '../store/digest.js';
import type { Reference, Sandbox, SandboxJob } from './sandbox.js';

/** Ends that a loaded, full or broken machine brings about as well as a wrong program. */
const SUSPICIOUS_ENDS: ReadonlySet<string> = new Set(['signal', 'cpu-time', 'wall-time', 'memory', 'processes']);
const SUSPICIOUS_EXCEPTIONS =
  /^(ImportError|ModuleNotFoundError|OSError|IOError|PermissionError|FileNotFoundError|BlockingIOError|ConnectionError|ConnectionRefusedError|TimeoutError|gaierror|MemoryError)$/;
/** What a test raises that hands on a value which can't be: its own, or one that the program gave it. */
const NOT_HANDED_ON = 'CannotCross';
/** Known programs run at least this often: the programs between two of them. */
const CANARY_EVERY = 250;
/** A program may take this many times what the reference takes, of processor time and of the clock. */
const FACTOR = 5;
/** What the reference is given, in multiples of the limits: it is the measure. */
const REFERENCE_SLACK = 5;
/** A reference's run tells of its host for an hour. */
const REFERENCE_MS = 3_600_000;
const MOST_REFERENCES = 2_000;

const KNOWN_TEST = 'assert f(1) == 2\nassert f(-1) == 0';
const KNOWN = {
  good: { program: 'def f(x):\n    return x + 1\n', verdict: 'pass' },
  bad: { program: 'def f(x):\n    return x - 1\n', verdict: 'fail' },
} as const;

/**
 * A sandbox that doubts its own failures. Before one that may not be the program's doing is reported, a known-good and a
 * known-bad program must still be told apart, the task's reference must pass beside it, and a clock that ran out is tried
 * once more with nothing else running. What was tried stands in the report.
 */
export class CarefulSandbox implements Sandbox {
  readonly #sandbox: Sandbox;
  readonly #references = new Map<string, { readonly at: number; readonly report: Promise<TestReport> }>();
  #sinceCanary = 0;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /**
   * As `Sandbox.run`. Throws besides `EnvironmentBroken` or `TaskBroken` where the reference fails as well, and
   * `SandboxUnavailable` where known programs are not told apart: then no verdict of this host counts.
   */
  async run(job: SandboxJob, signal?: AbortSignal): Promise<TestReport> {
    this.#sinceCanary += 1;
    if (this.#sinceCanary > CANARY_EVERY) await this.#tellApart(job.grading, signal);
    const beside: string[] = [];
    const report = await this.#runTwice(job, beside, signal);
    if (!isSuspicious(report) && !mayBeTheTest(report)) return { ...report, beside };
    await this.#tellApart(job.grading, signal);
    beside.push('Known-good and known-bad programs were told apart after it.');
    const last =
      job.reference === null ? report : await this.#besideReference(job, job.reference, report, beside, signal);
    return { ...last, beside };
  }

  close(): Promise<void> {
    return this.#sandbox.close();
  }

  async #runTwice(job: SandboxJob, beside: string[], signal?: AbortSignal): Promise<TestReport> {
    const report = await this.#runOrProbe(job, signal);
    if (report.endOfRun !== 'wall-time') return report;
    beside.push('Its clock ran out; it was run again with no other program beside it.');
    return this.#runOrProbe({ ...job, isAlone: true }, signal);
  }

  /** A runner that dies with a program is replaced; whether this host can still run programs at all is tried first. */
  async #runOrProbe(job: SandboxJob, signal?: AbortSignal): Promise<TestReport> {
    try {
      return await this.#sandbox.run(job, signal);
    } catch (error) {
      if (error instanceof Failure && error.type === 'SandboxLost') await this.#tellApart(job.grading, signal);
      throw error;
    }
  }

  async #besideReference(
    job: SandboxJob,
    reference: Reference,
    report: TestReport,
    beside: string[],
    signal?: AbortSignal,
  ): Promise<TestReport> {
    const found = await this.#runReference(job, reference, signal);
    if (judge(found) !== 'pass') throw broken(found);
    beside.push(`${REFERENCE_PASSED}, in ${(limitedCpuMs(found) / 1_000).toFixed(2)} s of processor time.`);
    const { limits } = job;
    const longer = longerLimits(limits, found);
    if (report.endOfRun === 'cpu-time' && longer.cpuSeconds > limits.cpuSeconds) {
      beside.push(
        `It was run again with ${longer.cpuSeconds} s, ${FACTOR} times what the reference takes on this host.`,
      );
      const wallSeconds = Math.max(longer.wallSeconds, FACTOR * longer.cpuSeconds);
      return this.#runTwice({ ...job, limits: { ...longer, wallSeconds } }, beside, signal);
    }
    if (report.endOfRun !== 'wall-time' || longer.wallSeconds <= limits.wallSeconds) return report;
    const seconds = (found.wallMs / 1_000).toFixed(1);
    beside.push(`Its clock was set to ${longer.wallSeconds} s: the reference takes ${seconds} s on this host.`);
    // No other program ran beside it when its clock ran out, so nothing but the clock is to be tried.
    return this.#runOrProbe({ ...job, limits: longer, isAlone: true }, signal);
  }

  #runReference(job: SandboxJob, reference: Reference, signal?: AbortSignal): Promise<TestReport> {
    const { prelude, entryPoint, grading, limits } = job;
    const facts = JSON.stringify([reference, prelude, entryPoint, grading, limits]);
    const key = sha256(facts);
    const known = this.#references.get(key);
    if (known !== undefined && Date.now() - known.at < REFERENCE_MS) return known.report;
    const patient = {
      ...job,
      ...reference,
      id: `${job.id}/reference`,
      limits: referenceLimits(limits),
    };
    const report = this.#runTwice(patient, [], signal);
    this.#references.set(key, { at: Date.now(), report });
    report.catch(() => this.#references.delete(key));
    const oldest = this.#references.keys().next();
    if (this.#references.size > MOST_REFERENCES && oldest.done !== true) this.#references.delete(oldest.value);
    return report;
  }

  async #tellApart(grading: Grading, signal?: AbortSignal): Promise<void> {
    this.#sinceCanary = 0;
    for (const [kind, { program, verdict }] of Object.entries(KNOWN)) {
      const found = judge(await this.#sandbox.run(knownJob(kind, program, grading), signal));
      if (found === verdict) continue;
      throw new Failure('SandboxUnavailable', `On this host a known-${kind} program was graded as ${found}`);
    }
  }
}

/** What a reference is given where a program has these limits. */
export function referenceLimits(limits: Limits): Limits {
  const cpuSeconds = limits.cpuSeconds * REFERENCE_SLACK;
  const wallSeconds = limits.wallSeconds * REFERENCE_SLACK;
  return { ...limits, cpuSeconds, wallSeconds };
}

/** Limits of time that leave a program some multiple of what the reference took, of the clock no more than the reference has. */
function longerLimits(limits: Limits, reference: TestReport): Limits {
  const cpuSeconds = Math.max(limits.cpuSeconds, Math.ceil((FACTOR * limitedCpuMs(reference)) / 1_000));
  const wallSeconds = Math.min(referenceLimits(limits).wallSeconds, Math.ceil((FACTOR * reference.wallMs) / 1_000));
  return { ...limits, cpuSeconds, wallSeconds: Math.max(limits.wallSeconds, wallSeconds) };
}

function knownJob(kind: string, program: string, grading: Grading): SandboxJob {
  return {
    id: `known-${kind}`,
    program,
    test: KNOWN_TEST,
    entryPoint: 'f',
    entryKind: 'function',
    grading,
    prelude: '',
    cases: null,
    reference: null,
    limits: {
      cpuSeconds: 20,
      wallSeconds: 60,
      memoryBytes: 1 << 30,
      processes: 64,
      outputBytes: 1 << 16,
      tmpBytes: 16 << 20,
    },
  };
}

function isSuspicious({ endOfRun, exception }: TestReport): boolean {
  return SUSPICIOUS_ENDS.has(endOfRun) || (exception !== null && SUSPICIOUS_EXCEPTIONS.test(exception.type));
}

function mayBeTheTest({ exception }: TestReport): boolean {
  return exception?.type === NOT_HANDED_ON && exception.phase === 'test';
}

function broken(reference: TestReport): Failure {
  const { endOfRun, exception } = reference;
  const what = exception === null ? endOfRun : `${exception.type}: ${exception.message.slice(0, 200)}`;
  const type = isSuspicious(reference) ? 'EnvironmentBroken' : 'TaskBroken';
  return new Failure(type, `The task's reference does not pass here either (${what})`);
}
