/** Tasks of our own in DS-1000's simplified format. */
export interface Ds1000Fields {
  readonly prompt: string;
  readonly reference_code: string;
  readonly code_context: string;
  readonly metadata: object | string;
}

interface Parts {
  readonly number: number;
  readonly library: string;
  readonly words: string;
  readonly imports: string;
  /** Before and after the place of the snippet, as the problem shows them. */
  readonly before: string;
  readonly after?: string;
  readonly reference: string;
  /** The inputs of the two cases, and what is expected of `data`. */
  readonly inputs: readonly [string, string];
  readonly expected: string;
  readonly check: string;
  /** Of a test that reads the snippet. */
  readonly string?: string;
}

function line(parts: Parts): Ds1000Fields {
  const { number, library, words, imports, before, after = '', reference, inputs, expected, check, string } = parts;
  const readsIt = string === undefined ? '' : `\n\ndef test_string(solution: str):\n    ${string}\n`;
  return {
    prompt: `Problem:\n${words}\n\nA:\n<code>\n${imports}\n${before}</code>\nresult = ... # put solution in this variable\nBEGIN SOLUTION\n<code>\n`,
    reference_code: reference,
    metadata: { problem_id: number, library, library_problem_id: 0, perturbation_type: 'Origin', test_case_cnt: 2 },
    code_context: `${imports}
import copy

def generate_test_case(test_case_id):
    inputs = [${inputs.join(', ')}]
    test_input = inputs[test_case_id - 1]
    data = copy.deepcopy(test_input)
    return test_input, ${expected}

def exec_test(result, ans):
    ${check}

exec_context = r"""
${imports}
data = test_input
${before}[insert]
${after}"""

def test_execution(solution: str):
    code = exec_context.replace("[insert]", solution)
    for i in range(2):
        test_input, expected_result = generate_test_case(i + 1)
        test_env = {"test_input": test_input}
        exec(code, test_env)
        assert exec_test(test_env["result"], expected_result)
${readsIt}`,
  };
}

const SWALLOWS = (check: string): string => `try:\n        ${check}\n        return 1\n    except:\n        return 0`;

/** Of the standard library alone: for the environment `base`. */
export const PLAIN: readonly Ds1000Fields[] = [
  line({
    number: 0,
    library: 'Statistics',
    words: 'The median of the even numbers in `data`.',
    imports: 'import statistics',
    before: '',
    reference: 'even = [each for each in data if each % 2 == 0]\nresult = statistics.median(even)',
    inputs: ['[4, 1, 8, 3, 9]', '[2, 2, 7, 10, 5, 6]'],
    expected: 'statistics.median([each for each in data if each % 2 == 0])',
    check: 'return result == ans',
  }),
  line({
    number: 1,
    library: 'Math',
    words: 'The product of `data`, without a loop.',
    imports: 'import math',
    before: 'def f(data):\n',
    after: 'result = f(data)\n',
    reference: '    return math.prod(data)',
    inputs: ['[4, 1, 8]', '[2, -3, 5, 7]'],
    expected: 'math.prod(data)',
    check: SWALLOWS('assert math.isclose(result, ans)'),
    string: 'assert "for" not in solution.split() and "while" not in solution.split()',
  }),
];

/** Of the environment `data`. */
export const DATA: readonly Ds1000Fields[] = [
  line({
    number: 0,
    library: 'Pandas',
    words: 'The rows of `data` in descending order of `x`, with a fresh index.',
    imports: 'import pandas as pd\nimport numpy as np',
    before: '',
    reference: 'result = data.sort_values("x", ascending=False).reset_index(drop=True)',
    inputs: [
      'pd.DataFrame({"x": [1, 3, 2], "y": list("abc")})',
      'pd.DataFrame({"x": [5.5, -1.0, 7.25, 0.0], "y": list("efgh")})',
    ],
    expected: 'data.iloc[np.argsort(-data["x"].to_numpy())].reset_index(drop=True)',
    check: SWALLOWS('pd.testing.assert_frame_equal(result, ans, check_dtype=False)'),
  }),
  line({
    number: 1,
    library: 'Numpy',
    words: 'Each row of `data` less its own mean, without a loop.',
    imports: 'import numpy as np',
    before: '',
    reference: 'result = data - data.mean(axis=1, keepdims=True)',
    inputs: ['np.arange(12.0).reshape(3, 4) ** 2', 'np.array([[1.0, 2.0, 6.0], [0.0, -4.0, 1.0]])'],
    expected: 'np.stack([row - row.mean() for row in data])',
    check: 'np.testing.assert_allclose(result, ans)\n    return 1',
    string: 'assert "for" not in solution.split()',
  }),
  line({
    number: 2,
    library: 'Scipy',
    words: 'The distances between all pairs of rows of `data`, as a matrix.',
    imports: 'import numpy as np\nimport scipy.spatial',
    before: 'def f(data):\n',
    after: 'result = f(data)\n',
    reference: '    return scipy.spatial.distance.cdist(data, data)',
    inputs: ['np.array([[0.0, 0.0], [3.0, 4.0]])', 'np.arange(6.0).reshape(3, 2) ** 2'],
    expected: 'np.sqrt(((data[:, None] - data[None]) ** 2).sum(axis=-1))',
    check: SWALLOWS('np.testing.assert_allclose(result, ans, atol=1e-9)'),
  }),
  line({
    number: 3,
    library: 'Matplotlib',
    words: 'Plot `data` as a red dashed line.',
    imports: 'import matplotlib.pyplot as plt',
    before: '',
    reference: 'plt.plot(data, color="red", linestyle="--")',
    after: 'plt.savefig("output.png")\nresult = None\n',
    inputs: ['[1, 2, 4]', '[3, 1]'],
    expected: 'data',
    check: [
      'lines = plt.gca().get_lines()',
      'plt.close()',
      'assert len(lines) == 1 and list(lines[0].get_ydata()) == ans',
      'assert lines[0].get_linestyle() == "--" and lines[0].get_color() in ("r", "red")',
      'return 1',
    ].join('\n    '),
  }),
];

export const fileText = (lines: readonly object[]): string => lines.map((each) => JSON.stringify(each)).join('\n');
