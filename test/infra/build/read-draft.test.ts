import { expect, test } from '@jest/globals';
import { readDraft } from '../../../infra/build/read-draft.js';
import { program } from '../datasets/aicodereval-programs.js';

const RECORD = {
  id: 'p',
  library: 'numpy',
  version: null,
  name: 'numpy.percentile',
  signature: null,
  source: 's',
  domain: null,
  documentation: '',
};

/** What the reader says of a draft with these imports, helpers and body. */
async function read(imports: string, body: string, { helper = '', doc = 'Half of a number.', entry = 'half' } = {}) {
  const code = `${helper}def ${entry}(x):\n    """${doc}"""\n    ${body}`;
  const test = `def test_half():\n    print("Testing case [1/1] started.")\n    assert ${entry}(2) == 1`;
  const text = program({
    requirements_file: 'requirements = ["numpy"]',
    function_import: imports,
    function_code: code,
    test_function_code: test,
  });
  const found = await readDraft(text, RECORD, { environment: 'data', env: undefined });
  return 'kind' in found ? found.kind : 'task';
}

test.each<[string, Parameters<typeof read>, string]>([
  ['as an attribute', ['import numpy as np', 'return np.percentile(x, 50)'], 'task'],
  ['by another name', ['from numpy import (mean,\n    percentile as pct)', 'return pct(x, 50)'], 'task'],
  [
    'in a helper',
    ['import numpy as np', 'return mid(x)', { helper: 'def mid(x):\n    return np.percentile(x, 50)\n\n\n' }],
    'task',
  ],
  ['in prose', ['import numpy', 'return x', { doc: 'The most important percentile of a list.' }], 'off-topic'],
  ['in prose that reads as code', ['import numpy', 'return x', { doc: '\n    import percentile\n    ' }], 'off-topic'],
  ['in a comment', ['import numpy', 'return x  # no percentile'], 'off-topic'],
  ['in a text', ['import numpy', 'return x or "percentile"'], 'off-topic'],
  ['in a text that it is put into', ['import numpy as np', 'return f"{np.percentile(x, 50):.1f} of {x}"'], 'task'],
  ['in the words of such a text', ['import numpy as np', 'return f"percentile {x}"'], 'off-topic'],
  ['imported and no more', ['from numpy import percentile', 'return x'], 'off-topic'],
  ['as its own name', ['import numpy', 'return x', { entry: 'percentile' }], 'off-topic'],
])('what a draft is about, named %s', async (_, draft, expected) => {
  expect(await read(...draft)).toBe(expected);
});
