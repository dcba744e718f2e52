import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestReport } from '../../../domain/test-report.js';
import type { Sandbox } from '../../../infra/sandbox/sandbox.js';
import { jobOf } from '../../contracts/sandbox-bench.js';
import { openLibrarySandbox } from '../../support/library-sandbox.js';

let sandbox: Sandbox;
beforeAll(async () => {
  const variables = { PACKAGES: '{prefix}/lib', TZ: 'Asia/Tokyo' };
  sandbox = await openLibrarySandbox('data', { slots: 2, variables });
}, 300_000);
afterAll(() => sandbox.close());

const LIBRARIES: readonly (readonly [what: string, program: string, test: string])[] = [
  [
    'numpy',
    'import numpy as np\ndef f(n):\n    return np.arange(n) * 2',
    'import numpy as np\nassert f(3).sum() == 6\nassert (f(3) == np.array([0, 2, 4])).all()',
  ],
  [
    'pandas',
    'import pandas as pd\ndef f(n):\n    return pd.DataFrame({"a": range(n), "b": list("xyz")[:n]})',
    'assert list(f(3).columns) == ["a", "b"]\nassert f(3)["a"].sum() == 3',
  ],
  [
    'scikit-learn',
    'from sklearn.linear_model import LogisticRegression\ndef f(x):\n    return LogisticRegression().fit([[0], [1], [2], [3]], [0, 0, 1, 1]).predict(x).tolist()',
    'assert f([[0], [3]]) == [0, 1]',
  ],
  [
    'Matplotlib',
    'import os\nimport matplotlib.pyplot as plt\ndef f():\n    plt.plot([1, 2])\n    plt.savefig("a.png")\n    return os.path.getsize("a.png")',
    'assert f() > 1000',
  ],
  ['Pillow', 'from PIL import Image\ndef f():\n    return Image.new("L", (2, 3)).size', 'assert f() == (2, 3)'],
];

describe.each(['isolated', 'in-process'] as const)('%s', (grading) => {
  const run = (program: string, test: string): Promise<TestReport> => sandbox.run(jobOf(program, test, { grading }));

  test.each(LIBRARIES)('%s', async (_, program, source) => {
    expect(await run(program, source)).toMatchObject({ endOfRun: 'ok', exception: null, entered: true });
  });

  test('variables of the environment are there, with the place where programs see its packages', async () => {
    const program =
      'import os\nimport numpy\ndef f():\n    return os.environ["PACKAGES"], os.environ["TZ"], numpy.__file__';
    const source = 'folder, zone, file = f()\nassert file.startswith(folder + "/python3")\nassert zone == "Asia/Tokyo"';
    expect(await run(program, source)).toMatchObject({ endOfRun: 'ok', exception: null, asserts: 2 });
  });

  test('a library that was imported ahead is there at once, and as if just imported', async () => {
    const program = [
      'import sys',
      'ahead = "numpy" in sys.modules',
      'import numpy as np',
      'def f():',
      '    seen = hasattr(np, "left_by_another")',
      '    np.left_by_another = 1',
      '    return ahead, seen, float(np.random.rand())',
    ].join('\n');
    const reports = await Promise.all(
      [1, 2, 3, 4].map(() =>
        run(program, 'ahead, seen, drawn = f()\nprint(drawn)\nassert ahead\nassert not seen\nassert 0 <= drawn < 1'),
      ),
    );
    expect(reports.map(({ endOfRun }) => endOfRun)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(new Set(reports.map(({ stdout }) => stdout.text)).size).toBe(4);
  });
});
