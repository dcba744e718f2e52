const lines = [
  {
    task_id: 11,
    text: 'Write a python function to remove the first "\\" of a text, and its last.',
    code: 'import re\r\ndef strip(s): \r\n    return s[1:-1] if re.match(r"\\\\", s) else s\r\ndef remove_Occ(s, *, keep={}): \r\n    """Nothing."""\r\n    return strip(s) \r\n',
    test_list: ['assert remove_Occ("\\\\a\\\\") == "a"', 'assert remove_Occ(s="b") == "b"'],
    test_setup_code: '',
    challenge_test_list: [],
  },
  {
    task_id: 12,
    text: 'Write a function to add a list up, with a start.',
    code: 'from functools import lru_cache\nimport sys\nSTART = 1\ndef total(l, start=START): return sum(l, start)',
    test_list: ['assert total([], start=2) == len(sys.argv) - len(sys.argv) + 2', 'assert total([1, 2]) == base + 3'],
    test_setup_code: 'base = 1',
    challenge_test_list: ['assert False'],
  },
  {
    task_id: 13,
    text: 'Write a function to count the pairs.',
    code: 'class Pair(object):\n    def __init__(self, a, b):\n        self.a = a\n        self.b = b\n\ndef count(pairs):\n  n= 0\n  for p in pairs:\n    if p.a == p.b: n += 1\n  return (n)',
    test_list: ['assert count([Pair(1, 1), Pair(1, 2)]) == 1'],
    test_setup_code: '',
    challenge_test_list: [],
  },
  {
    task_id: 14,
    text: 'Write a function whose variable has its name.',
    code: 'def square(x):\n  square = x * x\n  if square > 100:\n    square = 100\n  return square',
    test_list: ['assert square(3) == 9', 'assert square(30) == 100'],
    test_setup_code: '',
    challenge_test_list: [],
  },
];

/** Tasks of our own in MBPP's format. */
export const MBPP = lines.map((line) => JSON.stringify(line)).join('\n');

/** The same in the format of its sanitized edition, one JSON list. */
export const SANITIZED_MBPP = JSON.stringify(
  lines.map(({ text, test_setup_code: setup, ...line }) => ({
    source_file: 'own.ipynb',
    task_id: line.task_id,
    prompt: text,
    code: line.code,
    test_list: line.test_list,
    test_imports: setup === '' ? [] : [setup],
  })),
  null,
  2,
);
