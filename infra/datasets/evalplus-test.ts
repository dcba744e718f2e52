import type { EvalPlusLine } from '../parse/dataset-line.js';
import { inputShapes } from './evalplus-inputs.js';
import type { JsonLine } from './jsonl.js';

/** What both data sets share. The reference runs on the grader's side and says what is expected. */
const COMMON = `import copy
import json
import math

TASK = json.loads(LINE)


def load_reference():
    scope = {"__name__": "reference"}
    exec(compile(REFERENCE, "reference.py", "exec"), scope)
    return scope[TASK["entry_point"]]


def is_floats(value):
    if isinstance(value, (list, tuple)) and value:
        return all(isinstance(item, float) for item in value)
    return isinstance(value, float)


def is_near(got, want, tolerance):
    """As numpy.allclose has it, with EvalPlus' relative tolerance; lists within lists must be of one shape."""
    if isinstance(want, (list, tuple)):
        same_length = isinstance(got, (list, tuple)) and len(got) == len(want)
        return same_length and all(is_near(one, other, tolerance) for one, other in zip(got, want))
    if not isinstance(got, (int, float, complex)) or not isinstance(want, (int, float, complex)):
        return False
    return got == want or (math.isfinite(abs(want)) and abs(got - want) <= tolerance + 1e-7 * abs(want))


class Comparison:
    def __init__(self):
        self.tolerance = TASK["atol"]

    def holds(self, arguments, got, want):
        told = judge_specially(arguments, got, want, self.tolerance)
        if told is not None:
            return told
        # EvalPlus keeps this tolerance for all inputs that follow.
        if self.tolerance == 0 and is_floats(want):
            self.tolerance = 1e-6
        if got == want:
            return True
        return self.tolerance != 0 and type(got) is type(want) and is_near(got, want, self.tolerance)


def shown(value):
    text = repr(value)
    return text if len(text) <= 200 else text[:200] + "..."


def check_groups(candidate):
    expected = load_reference()
    groups = [("base", TASK["base_input"]), ("plus", TASK["plus_input"])]
    for number, (name, inputs) in enumerate(groups, 1):
        case = f"[{number}/{len(groups)}]"
        print(f"Testing case {case} started.")
        comparison = Comparison()
        # An empty group has passed.
        assert len(inputs) >= 0
        for given in inputs:
            arguments = restore(given)
            want = expected(*copy.deepcopy(arguments))
            got = candidate(*copy.deepcopy(arguments))
            told = f"Test case {case} failed: {name} input {shown(arguments)} gave {shown(got)}, expected {shown(want)}"
            assert comparison.holds(arguments, got, want), told
`;

const HUMANEVAL = `
def restore(given):
    return given


def judge_specially(arguments, got, want, tolerance):
    """A polynomial has more roots than the one that the reference finds."""
    if TASK["entry_point"] != "find_zero":
        return None
    (coefficients,) = arguments
    return abs(sum(factor * math.pow(got, power) for power, factor in enumerate(coefficients))) <= tolerance
`;

const MBPP = `
def all_tuples(value):
    return tuple(all_tuples(item) for item in value) if isinstance(value, list) else value


RESTORE = {
    "as-is": lambda value: value,
    "tuple": tuple,
    "tuples": lambda value: [tuple(item) for item in value],
    "tuple-of-tuples": lambda value: tuple(tuple(item) for item in value),
    "tuple-of-items": lambda value: tuple(tuple(item) if isinstance(item, list) else item for item in value),
    "dict-of-tuples": lambda value: {key: tuple(item) for key, item in value.items()},
    "sets": lambda value: [set(item) if isinstance(item, list) and item else {} for item in value],
    "float": float,
    "complex": complex,
    "all-tuples": all_tuples,
}
# Tasks whose answer is a collection in any order, or anything that is not None.
ANY_ORDER = {
    "similar_elements", "find_char_long", "common_in_nested_lists", "extract_singly", "larg_nnum", "intersection_array",
    "find_dissimilar", "Diff",
}
NOT_NONE = {"check_str", "text_match_three", "text_starta_endb"}


def restore(given):
    shapes = SHAPES + SHAPES[-1:] * (len(given) - len(SHAPES))
    return [RESTORE[shape](value) for shape, value in zip(shapes, given)]


def digit_distance(one, other):
    width = max(len(str(one)), len(str(other)))
    return sum(abs(int(a) - int(b)) for a, b in zip(str(one).zfill(width), str(other).zfill(width)))


def surface(base, height):
    """Of a square pyramid whose height is that of its apex, not of its faces."""
    return round(base**2 + 2 * base * math.sqrt((base / 2) ** 2 + height**2))


def judge_specially(arguments, got, want, tolerance):
    name = TASK["entry_point"]
    if name in ANY_ORDER:
        return set(got) == set(want)
    if name in NOT_NONE:
        return got == (want is not None) if isinstance(got, bool) else (got is not None) == (want is not None)
    if name == "are_equivalent":
        return True
    others = {
        "sum_div": lambda: got == 0,
        "surface_Area": lambda: abs(got - surface(*arguments)) <= tolerance,
        "digit_distance_nums": lambda: got == digit_distance(*arguments),
    }
    return True if name in others and got != want and others[name]() else None
`;

/**
 * Source of a test by EvalPlus' rules (its `evaluate`): a case for the base inputs and one for the added ones. `reference` is
 * a program that defines the entry point.
 */
export function evalPlusTest(
  { value, raw }: JsonLine<EvalPlusLine>,
  kind: 'humaneval' | 'mbpp',
  reference: string,
): string {
  const constants = [
    // First: what follows may define the same name.
    `CANDIDATE = ${value.entry_point}`,
    `LINE = ${JSON.stringify(raw)}`,
    `REFERENCE = ${JSON.stringify(reference)}`,
    `SHAPES = ${JSON.stringify(inputShapes(value.task_id))}`,
  ];
  const rules = kind === 'mbpp' ? MBPP : HUMANEVAL;
  return `${constants.join('\n')}\n${COMMON}\n${rules}\n\ncheck_groups(CANDIDATE)\n`;
}
