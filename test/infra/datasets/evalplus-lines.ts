/** Lines in EvalPlus' format with tasks of our own; the inputs are JSON as Python writes it. */
export const HUMANEVAL_PLUS = [
  line({
    task_id: '"Own/0"',
    prompt: json('def halve(values):\n    """Half of each value.\n\n    >>> halve([1.0])\n    [0.5]\n    """\n'),
    entry_point: '"halve"',
    canonical_solution: json('    return [value / 2 for value in values]\n'),
    base_input: '[[[1.0, 2.0]], [[]]]',
    plus_input: '[[[3, Infinity]], [[1e300, 0.1]], [[9007199254740993]]]',
    atol: '0',
  }),
  line({
    task_id: '"Own/1"',
    prompt: json(
      'import math\n\n\ndef find_zero(xs: list):\n    """A root of the polynomial with coefficients xs.\n\n    >>> round(find_zero([1, 2]), 2)\n    -0.5\n    """\n',
    ),
    entry_point: '"find_zero"',
    canonical_solution: json('    return -xs[0] / xs[1] if len(xs) == 2 else math.sqrt(-xs[0] / xs[2])\n'),
    base_input: '[[[1, 2]]]',
    plus_input: '[[[-4, 0, 1]]]',
    atol: '0.0001',
  }),
  line({
    task_id: '"Own/2"',
    prompt: json('def kind(value):\n    """The name of a number\'s type.\n\n    >>> kind(1)\n    \'int\'\n    """\n'),
    entry_point: '"kind"',
    canonical_solution: json('    return type(value).__name__\n'),
    base_input: '[[1]]',
    plus_input: '[[1.0]]',
    atol: '0',
  }),
].join('\n');

/** Numbers of tasks whose inputs EvalPlus turns into tuples, and names that it judges by rules of their own. */
export const MBPP_PLUS = [
  line({
    task_id: '"Mbpp/2"',
    prompt: json(
      '"""\nWrite a function for the elements that two tuples share.\nassert set(similar_elements((1, 2), (2, 3))) == {2}\n"""\n',
    ),
    entry_point: '"similar_elements"',
    canonical_solution: json(
      '\ndef similar_elements(a, b):\n  assert type(a) is tuple\n  return tuple(x for x in a if x in b)\n',
    ),
    base_input: '[[[1, 2, 3], [3, 2]]]',
    plus_input: '[[[1], [2]]]',
    atol: '0',
  }),
  line({
    task_id: '"Mbpp/3000"',
    prompt: json("'''\nWrite a function for the area of a circle.\nassert math.isclose(check(1), math.pi)\n'''\n"),
    entry_point: '"check"',
    canonical_solution: json(
      'import math\r\ndef area(r):\r\n    return math.pi * r * r\r\ndef check(r): return area(r)\r\n',
    ),
    base_input: '[[1]]',
    plus_input: '[[2.5], [0]]',
    atol: '0',
  }),
].join('\n');

function json(text: string): string {
  return JSON.stringify(text);
}

function line(fields: Readonly<Record<string, string>>): string {
  return `{${Object.entries({ contract: '""', ...fields })
    .map(([name, value]) => `"${name}": ${value}`)
    .join(', ')}}`;
}
