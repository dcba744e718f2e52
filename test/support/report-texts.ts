import { classOfException } from '../../domain/error-class.js';
import type { Task } from '../../domain/task.js';
import type { TestReport } from '../../domain/test-report.js';
import { PASSED_REPORT } from './passed-report.js';

type Say = (text: string) => string;

/** Kinds of work, with libraries. */
export const KINDS: readonly (readonly [string, readonly string[]])[] = [
  ['tabular', ['pandas', 'scikit-learn']],
  ['nlp', ['transformers', 'torch']],
  ['vision', ['torch', 'torchvision', 'numpy']],
  ['audio', ['numpy', 'scipy']],
  ['time series', ['numpy']],
  ['general', []],
  ['recommendation', ['numpy', 'scipy']],
];

/** Classes of the failures, the commonest first. */
export const ERRORS = [
  'assertion',
  'type',
  'attribute',
  'value',
  'lookup',
  'name',
  'cpu-time',
  'syntax',
  'import',
] as const;
export type Failing = (typeof ERRORS)[number];

/** A task's texts: what is asked, a right program, and wrong ones, the error in line `line` of them. */
export const MATERIAL = [
  {
    name: 'masked_mean',
    prompt:
      'import numpy as np\n\n\ndef masked_mean(values, mask):\n    """Mean of the values along the last axis where the mask is true; nan where it is nowhere."""\n',
    right:
      'import numpy as np\n\n\ndef masked_mean(values, mask):\n    values = np.asarray(values, dtype=float)\n    mask = np.asarray(mask, dtype=bool)\n    counts = mask.sum(axis=-1)\n    totals = np.where(mask, values, 0.0).sum(axis=-1)\n    # No value at all has no mean.\n    return np.where(counts > 0, totals / np.maximum(counts, 1), np.nan)\n',
    wrong: [
      'import numpy as np\n\n\ndef masked_mean(values, mask):\n    values = np.asarray(values)\n    mask = np.asarray(mask)\n    return np.masked_mean(values, mask)\n',
      'import numpy as np\n\n\ndef masked_mean(values, mask):\n    values = np.asarray(values, dtype=float)\n    mask = np.asarray(mask, dtype=bool)\n    return (values * mask).sum(axis=-1) / mask.sum(axis=-1)\n',
    ],
    line: 7,
  },
  {
    name: 'top_tokens',
    prompt:
      'from collections import Counter\n\n\ndef top_tokens(texts, k):\n    """The k commonest words of the texts, in lower case; ties in the order of the alphabet."""\n',
    right:
      'from collections import Counter\n\n\ndef top_tokens(texts, k):\n    counts = Counter(word for text in texts for word in text.lower().split())\n    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))\n    return [word for word, _ in ranked[:k]]\n',
    wrong: [
      'from collections import Counter\n\n\ndef top_tokens(texts, k):\n    counts = Counter()\n    for text in texts:\n        counts.update(text.split())\n    return [word for word, _ in counts.most_common(k)]\n',
      'from collections import Counter\n\n\ndef top_tokens(texts, k):\n    counts = Counter(word for text in texts for word in text.lower().split())\n    ranked = sorted(counts.items(), key=lambda item: item[1])\n    return [word for word, _ in ranked[:k]]\n',
    ],
    line: 8,
  },
] as const;

/** Task `number` of a sweep that is made up. */
export function taskOf(number: number, domain: string, libraries: readonly string[], say: Say): Task {
  const material = MATERIAL[number % MATERIAL.length] ?? MATERIAL[0];
  return {
    suite: say('made-up'),
    taskId: say(`${material.name}_${String(number).padStart(3, '0')}`),
    domain: say(domain),
    libraries: libraries.map(say),
    prompt: say(material.prompt),
    instruction: null,
    entryPoint: material.name,
    reference: say(material.right),
    test: say(
      `def check(candidate):\n    for case, (given, expected) in enumerate(CASES):\n        assert candidate(*given) == expected, case\n`,
    ),
    cases: 4,
    examples: null,
    environment: 'ml',
    grading: 'in-process',
  };
}

export function passedReport(say: Say): TestReport {
  return {
    ...PASSED_REPORT,
    cases: ['passed', 'passed', 'passed', 'passed'],
    asserts: 8,
    stdout: printed(say('4 cases\n')),
  };
}

const RAISED: Readonly<Record<Failing, readonly [type: string, message: string]>> = {
  assertion: ['AssertionError', 'case 2: [1.5, nan] is not [1.5, 4.0]'],
  type: ['TypeError', "unsupported operand type(s) for +: 'int' and 'str'"],
  attribute: ['AttributeError', "module 'numpy' has no attribute 'masked_mean'"],
  value: ['ValueError', 'operands could not be broadcast together with shapes (4,3) (4,)'],
  lookup: ['KeyError', "'attention_mask'"],
  name: ['NameError', "name 'np' is not defined"],
  'cpu-time': ['', ''],
  syntax: ['SyntaxError', "expected ':'"],
  import: ['ModuleNotFoundError', "No module named 'numpy.masked'"],
};

/** The report of a run that failed so, in this line of the program. */
export function failedReport(error: Failing, line: number, say: Say): TestReport {
  const [type, message] = RAISED[error];
  const base = {
    ...PASSED_REPORT,
    asserts: 2,
    stdout: printed(say('case 0\ncase 1\n')),
    stderr: printed(say('a warning: slow path\n')),
  };
  if (type === '')
    return {
      ...base,
      endOfRun: error === 'cpu-time' ? 'cpu-time' : 'ok',
      cases: ['passed', 'not-run', 'not-run', 'not-run'],
      closed: false,
    };
  if (classOfException(type) !== error) throw new Error(`${type} is not of the class ${error}`);
  return {
    ...base,
    endOfRun: error === 'assertion' ? 'ok' : 'exception',
    cases: error === 'assertion' ? ['passed', 'passed', 'failed', 'passed'] : ['passed', 'error', 'not-run', 'not-run'],
    failure: {
      index: 2,
      call: say('candidate([[1, 2], [4, 9]], [[True, True], [True, False]])'),
      expected: say('[1.5, 4.0]'),
      got: say('[1.5, nan]'),
    },
    exception: {
      type: say(type),
      message: say(message),
      line,
      trace: say(`  File "program", line ${line}, in masked_mean\n${type}: ${message}`),
      phase: error === 'assertion' ? 'test' : 'candidate',
      chain: [
        { type: say(type), message: say(message) },
        { type: say('RuntimeError'), message: say('the mask has another shape') },
      ],
      frames: [
        {
          where: 'test',
          file: say('test'),
          line: 3,
          function: say('check'),
          text: say('assert candidate(*given) == expected, case'),
        },
        {
          where: 'candidate',
          file: say('program'),
          line,
          function: say('masked_mean'),
          text: say('return np.masked_mean(values, mask)'),
        },
        {
          where: 'library',
          file: say('numpy/__init__.py'),
          line: 410,
          function: say('__getattr__'),
          text: say('raise AttributeError'),
        },
      ],
      locals: [
        {
          name: say('values'),
          type: say('numpy.ndarray'),
          shape: [4, 3],
          dtype: say('float64'),
          device: null,
          length: null,
          value: say('[[0.1, 0.2, 0.3], ...]'),
        },
        {
          name: say('mask'),
          type: say('list'),
          shape: null,
          dtype: null,
          device: say('cpu'),
          length: 4,
          value: say('[True, False, True, ...]'),
        },
      ],
      call: {
        name: say('numpy.mean'),
        library: say('numpy'),
        version: say('2.1.3'),
        signature: say('(a, axis=None, dtype=None, out=None)'),
      },
    },
    tampered: null,
    beside: [say('The reference passed beside it.')],
  };
}

function printed(text: string): TestReport['stdout'] {
  return { text, bytes: Buffer.byteLength(text), truncated: false };
}
