import { describe, expect, test } from '@jest/globals';
import { judge } from '../../domain/verdict.js';
import type { Bench } from './sandbox-bench.js';

/** What threads, signals, prints and warnings do to the wire between a candidate and its grader. A test that holds says so itself. */
const HOLDS: readonly (readonly [what: string, program: string, test: string])[] = [
  [
    'a result that fails as it is sent is an exception, in any thread',
    'class Kind(type):\n    def __getattr__(cls, name): raise LookupError(name)\nclass Pair(tuple, metaclass=Kind): pass\ndef f(x):\n    return Pair([x])\n',
    'from concurrent.futures import ThreadPoolExecutor\ndef failed():\n    try:\n        f(1)\n    except LookupError:\n        return True\nassert failed()\nwith ThreadPoolExecutor(1) as pool: assert pool.submit(failed).result(9)',
  ],
];

/** The wire between two processes, where more than one call goes over it. */
export function wireTests({ run }: Bench): void {
  describe('the wire', () => {
    test.each(HOLDS)('%s', async (_, program, source) => {
      const report = await run(program, source);
      expect(report.exception).toBeNull();
      expect(judge(report)).toBe('pass');
    });

    test('what a thread of the program sends that can’t be read ends the run at once', async () => {
      const sending =
        'import threading, types\nclass M(types.ModuleType): pass\ndef f(fn):\n    one = threading.Thread(target=fn, args=[M])\n    one.start()\n    one.join()\n';
      const report = await run(sending, 'f(print)', { limits: { wallSeconds: 20 } });
      expect(report).toMatchObject({ endOfRun: 'exception', exception: { type: 'Unreadable', phase: 'candidate' } });
    });
  });
}
