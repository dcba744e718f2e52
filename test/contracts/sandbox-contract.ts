import { afterAll, beforeAll, describe } from '@jest/globals';
import { type Grading, GRADINGS } from '../../domain/task.js';
import type { Sandbox } from '../../infra/sandbox/sandbox.js';
import { jobOf, type Backend, type Bench } from './sandbox-bench.js';
import { caseTests } from './sandbox-cases.js';
import { confinementTests } from './sandbox-confinement.js';
import { endingTests } from './sandbox-endings.js';
import { graderTests } from './sandbox-graders.js';
import { gradingTests } from './sandbox-grading.js';
import { isolationTests } from './sandbox-isolation.js';
import { lifeTests } from './sandbox-life.js';
import { networkTests } from './sandbox-network.js';
import { roomTests } from './sandbox-rooms.js';
import { standInTests } from './sandbox-stand-ins.js';
import { tamperingTests } from './sandbox-tampering.js';
import { tracingTests } from './sandbox-tracing.js';
import { unitTests } from './sandbox-units.js';
import { wireTests } from './sandbox-wire.js';

/** What every backend of the sandbox must hold to. */
export function sandboxContract(name: string, backend: Backend): void {
  describe(`sandbox contract: ${name}`, () => {
    let sandbox: Sandbox;
    beforeAll(() => {
      sandbox = backend.open(2);
    });
    afterAll(() => sandbox.close());
    const bench = (grading: Grading): Bench => ({
      backend,
      grading,
      sandbox: () => sandbox,
      run: (program, test, options) => sandbox.run(jobOf(program, test, { grading, ...options }), options?.signal),
    });
    describe.each(GRADINGS)('%s', (grading) => {
      endingTests(bench(grading));
      gradingTests(bench(grading));
      caseTests(bench(grading));
      unitTests(bench(grading));
      tracingTests(bench(grading));
      confinementTests(bench(grading));
      networkTests(bench(grading));
      roomTests(bench(grading));
    });
    isolationTests(bench('isolated'));
    wireTests(bench('isolated'));
    standInTests(bench('isolated'));
    graderTests(bench('isolated'));
    tamperingTests(bench('in-process'));
    lifeTests(bench('in-process'));
  });
}
