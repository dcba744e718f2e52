import { expect, test } from '@jest/globals';
import { extractCandidate } from '../../domain/extract-candidate.js';
import { entryKind, prelude } from '../../domain/prelude.js';
import { fenced, task } from './extract-task.js';

const HELPERS = 'import math\n\n\ndef close(a, b):\n    return math.isclose(a, b, rel_tol=0.01)\n\n\n';
const CLASS = 'class Circle:\n    """A circle of a radius."""\n';

test.each([
  ['a function', 'def area(r):\n    """Of a circle."""\n', 'area', 'function'],
  ['a decorated function', '@cache\nasync def area(r):\n', 'area', 'function'],
  ['a class', CLASS, 'Circle', 'class'],
  ['a decorated class with bases', '@dataclass\nclass Circle(Shape, kind=close):\n', 'Circle', 'class'],
])('the prelude of %s is all that stands before it', (_name, begun, entryPoint, kind) => {
  const asked = { prompt: `${HELPERS}${begun}`, entryPoint };
  expect(prelude(asked)).toBe(HELPERS);
  expect(entryKind(asked)).toBe(kind);
});

test('a prompt that begins nothing of that name has none', () => {
  expect(prelude({ prompt: `${HELPERS}class Circles:\n    class Circle:\n`, entryPoint: 'Circle' })).toBe('');
});

test('an answer with the class alone is put behind what its prompt gives', () => {
  const own = 'class Circle:\n    def __init__(self, radius):\n        self.area = math.pi * radius**2';
  const asked = { ...task, prompt: `${HELPERS}${CLASS}`, entryPoint: 'Circle' };
  expect(extractCandidate(asked, fenced(own))?.program).toBe(`${HELPERS}${own}\n`);
});
