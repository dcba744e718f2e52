import { docstringText, findFunction } from '../../domain/python-source.js';
import { inlineExamples, type InlineExample } from './inline-examples.js';

/** What a test of doctests starts with. */
const CHECK_EXAMPLES = `import ast
import doctest


def read_examples(*docstrings):
    for docstring in docstrings:
        try:
            examples = doctest.DocTestParser().get_examples(docstring)
            for example in examples:
                compile(example.source, "example", "single")
        except (SyntaxError, ValueError):
            continue
        return examples
    return []


def read_value(example):
    """The code of a call and the literal that it should give; None if the example is anything else."""
    try:
        return compile(example.source.strip(), "example", "eval"), ast.literal_eval(example.want.strip())
    except (SyntaxError, ValueError):
        return None


def equal(got, want):
    try:
        return bool(got == want)
    except Exception:
        return False


def run_example(example, scope):
    """None if the example holds, else what it gave."""
    value = read_value(example)
    if value is not None:
        got = eval(value[0], scope)
        if got is not None or value[1] is None:
            return None if equal(got, value[1]) else repr(got)
    flags = doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
    test = doctest.DocTest([example], {}, "example", None, None, None)
    test.globs = scope
    try:
        doctest.DebugRunner(verbose=False, optionflags=flags).run(test, clear_globs=False)
    except doctest.DocTestFailure as difference:
        got = difference.got.strip()
        # A comparison is often written without its output.
        return None if got == "True" and not example.want else got or "nothing"
    except doctest.UnexpectedException as unexpected:
        raise unexpected.exc_info[1]
    return None


def check_examples(examples, scope):
    for number, example in enumerate(examples, 1):
        case = f"[{number}/{len(examples)}]"
        print(f"Testing case {case} started.")
        call, want = example.source.strip(), example.want.strip() or "True"
        # For the trace of a failure, which would show the lines of this function.
        __asked__ = {"call": call, "expected": want}
        __asked__["got"] = got = run_example(example, scope)
        assert got is None, f"Test case {case} failed: {call} gave {got}, expected {want}"
`;

/**
 * Python source of a test that runs only the examples in the docstring of the prompt's function; null if it has none.
 * Doctests (`>>>`) are parsed by Python's own doctest when it runs, and an exception is expected by its class; without
 * any, calls beside their result (`f(2) -> 4`) are taken. An example holds if the value equals the literal shown, or the
 * output is the same but for white space; a case with one assertion each. An unexpected exception comes out as it was raised.
 */
export function examplesTest(prompt: string, entryPoint: string): string | null {
  const docstring = findFunction(prompt, entryPoint)?.docstring ?? null;
  if (docstring === null) return null;
  const text = docstringText(docstring);
  if (/^\s*>>>[ ]\S/m.test(text)) return doctests(docstring, text);
  const examples = inlineExamples(text, entryPoint);
  return examples.length === 0
    ? null
    : examples.map((example, index) => assertion(example, `[${index + 1}/${examples.length}]`)).join('\n');
}

function assertion({ call, want }: InlineExample, number: string): string {
  const label = JSON.stringify(`Test case ${number} failed: ${call} gave `);
  return `print("Testing case ${number} started.")
got = ${call}
want = ${want}
assert got == want, ${label} + f"{got!r}, expected {want!r}"
`;
}

/** `shown` is the docstring as the model reads it: some were written without doubling their backslashes. */
function doctests(docstring: string, shown: string): string {
  return `${CHECK_EXAMPLES}\n\ncheck_examples(read_examples(${docstring}, ${JSON.stringify(shown)}), globals())\n`;
}
