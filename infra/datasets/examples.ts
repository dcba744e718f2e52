import { findFunction } from '../../domain/python-source.js';

/**
 * Python source of a test that runs only the examples (`>>>`) in the docstring of the prompt's function; null if it has
 * none. Python's own doctest parses them when it runs: output is compared with white space normalised, an expected
 * exception by its class. One assertion an example; an unexpected exception comes out as it was raised.
 */
export function examplesTest(prompt: string, entryPoint: string): string | null {
  const docstring = findFunction(prompt, entryPoint)?.docstring ?? null;
  if (docstring === null || !/^\s*(?:[rRuU]?(?:"""|'''|"|')\s*)?>>>[ ]\S/m.test(docstring)) return null;
  return `import doctest


def check_examples(docstring, scope):
    flags = doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
    for example in doctest.DocTestParser().get_examples(docstring):
        test = doctest.DocTest([example], scope, "example", None, None, docstring)
        failure = None
        try:
            doctest.DebugRunner(verbose=False, optionflags=flags).run(test, clear_globs=False)
        except doctest.DocTestFailure as difference:
            failure = difference.got.strip() or "nothing"
        except doctest.UnexpectedException as unexpected:
            raise unexpected.exc_info[1]
        call, want = example.source.strip(), example.want.strip() or "nothing"
        assert failure is None, f"The example {call} gave {failure}, expected {want}"


check_examples(${docstring}, globals())
`;
}
