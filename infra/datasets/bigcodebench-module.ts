import { topLevelStatements } from '../../domain/python-source.js';

/** The class whose tests are run. */
export const TEST_CLASS = 'TestCases';

/**
 * BigCodeBench runs program and test as one module: a program may use what its test imports, and what a test replaces in its own
 * module (`patch(__name__ + ".randint")`) is replaced in the program. What a program defines itself stays its own.
 */
const ONE_MODULE = `

def __as_one_module():
    import candidate, sys, types

    own = sys.modules[__name__]
    for name, value in list(vars(own).items()):
        is_foreign = isinstance(value, types.ModuleType) or getattr(value, "__module__", None) not in (None, __name__)
        if is_foreign and not name.startswith("__") and not hasattr(candidate, name):
            setattr(candidate, name, value)

    class OneModule(types.ModuleType):
        def __setattr__(self, name, value):
            super().__setattr__(name, value)
            if name in vars(candidate):
                setattr(candidate, name, value)

    own.__class__ = OneModule


__as_one_module()
`;

/** A test of the data set as it is run: its one class of tests, in what passes for the program's own module. */
export function runnableTest(test: string): string {
  const others = topLevelStatements(test).filter(
    ({ kind, name, text }) => kind === 'definition' && name !== TEST_CLASS && /^class\s[^:]*TestCase\b/m.test(text),
  );
  return [test.trimEnd(), ...others.map(({ name }) => `del ${name}`)].join('\n') + ONE_MODULE;
}
