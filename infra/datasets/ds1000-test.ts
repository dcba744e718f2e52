import { SNIPPET_ENTRY } from '../../domain/snippet.js';
import type { Task } from '../../domain/task.js';
import { assertTest } from './assert-test.js';

/**
 * DS-1000 runs a snippet by `exec` from within its test. Here it gets Python's built-ins and not those of the test, can't take the
 * test's own names from `__main__`, and functions that it has put into the modules that the test uses are taken out again
 * when it has run.
 */
const APART = `
def __snippets_apart():
    import builtins, sys, types

    run, get = exec, dict.get
    own = [*globals().values(), *(each for name, each in sys.modules.items() if ".testing" in name)]
    modules = {builtins, *(each for each in own if isinstance(each, types.ModuleType))}
    kept = [(module, name, value) for module in modules for name, value in vars(module).items() if callable(value)]

    def exec_apart(code, names):
        names["__builtins__"] = builtins
        try:
            run(code, names)
        finally:
            for module, name, value in kept:
                if get(vars(module), name) is not value:
                    setattr(module, name, value)

    sys.modules["__main__"] = types.ModuleType("__main__")
    return exec_apart


exec = __snippets_apart()
`;

/** The test of a task, from the module that DS-1000 calls its context: the snippet is run, and where it is asked for read. */
export function snippetTest(context: string): Pick<Task, 'test' | 'cases'> {
  const checks = ['test_execution', 'test_string'].filter((name) => new RegExp(`^def ${name}\\(`, 'm').test(context));
  const cases = checks.map((name) => `${name}(${SNIPPET_ENTRY}())`);
  return { test: assertTest([context, APART], cases), cases: cases.length };
}
