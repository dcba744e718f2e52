import type { Grading } from '../../domain/task.js';
import type { Limits, TestReport } from '../../domain/test-report.js';
import { findEnvironment } from '../../infra/environments/environment.js';
import { ensureEnvironment } from '../../infra/environments/provision.js';
import { openBubblewrapSandbox } from '../../infra/sandbox/bubblewrap.js';
import type { Sandbox } from '../../infra/sandbox/sandbox.js';
import { type Slots, slotsOf } from '../../infra/sandbox/slots.js';
import { ensureTool } from '../../infra/tools/tool.js';
import { sharedHome } from './embedded-home.js';

const MIB = 1024 * 1024;

/** What the tasks of a suite are given in tests. */
const LIMITS: Limits = {
  cpuSeconds: 20,
  wallSeconds: 60,
  memoryBytes: 1024 * MIB,
  processes: 16,
  outputBytes: 64 * 1024,
  tmpBytes: 64 * MIB,
};

/** Libraries take memory, and start threads of their own. */
const LIMITS_WITH_PACKAGES: Limits = { ...LIMITS, memoryBytes: 2048 * MIB, processes: 64 };

/** A program with its test, as a task gives them. */
export interface Run {
  readonly program: string;
  readonly test: string;
  readonly entryPoint: string;
  readonly cases?: number | null;
  readonly grading?: Grading;
  readonly prelude?: string;
  /** Its name; "base" unless given. */
  readonly environment?: string;
  /** In place of those that suites are given. */
  readonly limits?: Partial<Limits>;
}

/** The real sandbox of each environment, two slots for all of them, and reports of many runs in it, in order. */
export class TestSandbox {
  private readonly slots: Slots = slotsOf(2);
  private readonly sandboxes = new Map<string, Promise<Sandbox>>();

  async runAll(runs: readonly Run[]): Promise<TestReport[]> {
    return Promise.all(
      runs.map(async ({ environment = 'base', limits = {}, ...run }, index) =>
        (await this.sandboxOf(environment)).run({
          id: `run ${index}`,
          cases: null,
          grading: 'isolated',
          entryKind: 'function',
          prelude: '',
          reference: null,
          ...run,
          limits: { ...(environment === 'base' ? LIMITS : LIMITS_WITH_PACKAGES), ...limits },
        }),
      ),
    );
  }

  async close(): Promise<void> {
    for (const sandbox of this.sandboxes.values()) await (await sandbox).close();
  }

  private sandboxOf(name: string): Promise<Sandbox> {
    const sandbox = this.sandboxes.get(name) ?? this.open(name);
    this.sandboxes.set(name, sandbox);
    return sandbox;
  }

  private async open(name: string): Promise<Sandbox> {
    const ctx = { home: sharedHome() };
    const environment = await findEnvironment(name);
    const { importSets, variables } = environment;
    const python = await ensureEnvironment(environment, ctx);
    const bwrapPath = await ensureTool('bwrap', ctx);
    return openBubblewrapSandbox({ bwrapPath, python, slots: this.slots, importSets, variables });
  }
}
