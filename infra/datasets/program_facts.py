"""
What a program in AICoderEval's format says of itself, read from syntax trees: nothing of it is run. Takes a JSON list of
programs on stdin (see `ProgramText` in program-facts.ts) and writes one JSON object for each to stdout, in a list.
"""

import ast
import builtins
import json
import re
import sys
import warnings

CASE = re.compile(r"test(?:ing)? case \[([^\]/]*)/([^\]]*)\] started", re.IGNORECASE)
ASSERTING = re.compile(r"assert(_|[A-Z])|(raises|warns)$")
MOCKING = re.compile(r"(unittest\.)?mock$|patch$|monkeypatch$|MagicMock$|Mock$")
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# What stands for a part of a text that is known when it is printed.
HOLE = "{}"
# Parsing hostile text may raise these beside SyntaxError: a NUL or a lone surrogate, and nesting without end.
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


def read_program(program: dict) -> dict:
    """The facts of one program: where it can't be parsed, why, and what its test marks if that can be."""
    try:
        trees = {name: ast.parse(program[name]) for name in ("content", "reference", "test", "call")}
        return {"syntaxError": None, "facts": read_trees(program, trees), "markers": markers(trees["test"])}
    except UNREADABLE as error:
        return {"syntaxError": syntax_error(program, error), "facts": None, "markers": read_markers(program["test"])}


def read_markers(test: str) -> "dict | None":
    try:
        return markers(ast.parse(test))
    except UNREADABLE:
        return None


def read_trees(program: dict, trees: "dict[str, ast.Module]") -> dict:
    code = trees["reference"].body[count_statements(program["imports"]) :]
    names = [node.name for node in code if isinstance(node, DEFINITIONS)]
    called = mentioned(trees["test"]) | mentioned(trees["call"])
    # Of several the last one that the test names: helpers come first.
    entry = next((name for name in reversed(names) if name in called), None)
    asked = entry or (names[0] if names else None)
    return {
        "entryPoint": asked,
        "isTested": entry is not None,
        **head(trees["reference"], program["reference"], asked),
        "imports": imported(trees["reference"], trees["test"], trees["call"]),
        "mocks": any(MOCKING.search(name) for name in dotted_names(trees["test"])),
        "call": call_of(trees, program["call"]),
    }


def syntax_error(program: dict, error: BaseException) -> dict:
    """Where and why the whole program can't be parsed; of a part that can't be, where the whole can, there is no line."""
    try:
        ast.parse(program["content"])
    except UNREADABLE as whole:
        error = whole
        line = getattr(error, "lineno", None)
        return {"line": line if isinstance(line, int) else None, "message": getattr(error, "msg", None) or str(error)}
    return {"line": None, "message": f"its sections can't be told apart: {getattr(error, 'msg', None) or error}"}


def count_statements(source: str) -> int:
    return len(ast.parse(source).body)


def head(tree: ast.Module, source: str, name: "str | None") -> dict:
    """Kind of a top-level definition, and the source up to the end of its docstring; None if it has none."""
    node = next((n for n in reversed(tree.body) if isinstance(n, DEFINITIONS) and n.name == name), None)
    if node is None:
        return {"kind": None, "prompt": None}
    kind = "class" if isinstance(node, ast.ClassDef) else "function"
    if ast.get_docstring(node, clean=False) is None:
        return {"kind": kind, "prompt": None}
    docstring = node.body[0]
    lines = split_lines(source)[: docstring.end_lineno]
    lines[-1] = lines[-1].encode()[: docstring.end_col_offset].decode()
    return {"kind": kind, "prompt": "".join(lines)}


def split_lines(source: str) -> "list[str]":
    """As Python counts lines: form feeds and Unicode's separators end none."""
    return re.findall(r"[^\n]*\n|[^\n]+$", source)


def mentioned(tree: ast.AST) -> "set[str]":
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def dotted_names(tree: ast.AST) -> "set[str]":
    """Names, attributes and imported modules."""
    names = mentioned(tree) | {name for name, _ in imports_in(tree)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return names | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}


def imports_in(tree: ast.AST) -> "list[tuple[str, bool]]":
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, False) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append((node.module, any(alias.name == "*" for alias in node.names)))
    return found


def imported(*trees: ast.AST) -> "list[str]":
    """Top-level modules that are not of the standard library, sorted."""
    tops = {name.partition(".")[0] for tree in trees for name, _ in imports_in(tree)}
    return sorted(tops - sys.stdlib_module_names)


def call_of(trees: dict, source: str) -> dict:
    """
    What runs the test: the call section without `unittest.main()`, which would end the program; where nothing in it or in
    the test calls anything, calls of the test's own functions. `undefined` are names in it that nothing defines.
    """
    kept = [node for node in trees["call"].body if not is_unittest_main(node)]
    test = trees["test"].body
    is_run = any(not is_quiet(node) or calls(node) for node in kept) or any(not is_quiet(node) for node in test)
    tests = [] if is_run else [node.name for node in test if is_plain_test(node)]
    text = source if len(kept) == len(trees["call"].body) else "\n".join(map(ast.unparse, kept))
    bound = set().union(dir(builtins), ("__name__", "__file__"), *map(bound_names, trees.values()))
    has_star = any(star for tree in trees.values() for _, star in imports_in(tree))
    return {
        "source": "\n".join(filter(None, [text.strip(), *(f"{name}()" for name in tests)])),
        "undefined": [] if has_star else sorted(mentioned(trees["call"]) - bound),
        "runs": is_run or bool(tests) or any(is_test_class(node) for node in test),
    }


def is_unittest_main(node: ast.stmt) -> bool:
    """`unittest.main(...)`, alone or as all that a guard of `__name__` does."""
    if isinstance(node, ast.If):
        return "__name__" in mentioned(node.test) and all(map(is_unittest_main, node.body)) and not node.orelse
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and ast.unparse(call.func) == "unittest.main"


def is_quiet(node: ast.stmt) -> bool:
    """Does nothing that could be a test: defines, imports, binds, or is a docstring."""
    if isinstance(node, (*DEFINITIONS, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.Pass)):
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) or is_unittest_main(node)


def calls(node: ast.stmt) -> bool:
    """Binds what a call gives: in the call section that is a test's outcome."""
    if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
        return False
    return any(isinstance(part, ast.Call) for part in ast.walk(node.value))


def is_plain_test(node: ast.stmt) -> bool:
    """A function of that name which can be called without arguments."""
    if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test"):
        return False
    arguments = node.args
    required = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
    return required == 0 and all(default is not None for default in arguments.kw_defaults)


def is_test_class(node: ast.stmt) -> bool:
    return isinstance(node, ast.ClassDef) and any("TestCase" in ast.unparse(base) for base in node.bases)


def bound_names(tree: ast.AST) -> "set[str]":
    """Every name that something in the tree binds: enough to know that a name is bound nowhere."""
    names = {alias.asname or alias.name.partition(".")[0] for node in ast.walk(tree) for alias in aliases(node)}
    names |= {node.name for node in ast.walk(tree) if isinstance(node, (*DEFINITIONS, ast.ExceptHandler)) and node.name}
    names |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    return names | {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def aliases(node: ast.AST) -> "list[ast.alias]":
    return node.names if isinstance(node, (ast.Import, ast.ImportFrom)) else []


def markers(tree: ast.AST) -> dict:
    """Counts of what a test prints and asserts. A print or an assertion in a loop counts once."""
    nodes = list(ast.walk(tree))
    return {
        "cases": count_cases(case_starts(tree)),
        "asserts": sum(isinstance(node, ast.Assert) for node in nodes),
        "assertingCalls": sum(map(is_asserting, nodes)),
    }


def case_starts(tree: ast.AST) -> "list[re.Match]":
    """The prints that begin a case."""
    return [found for found in map(CASE.search, printed_texts(tree)) if found]


def printed_texts(tree: ast.AST) -> "list[str]":
    return [printed(node) for node in ast.walk(tree) if is_print(node)]


def is_print(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def printed(call: ast.Call) -> str:
    return " ".join(map(text_of, call.args))


def text_of(node: ast.expr) -> str:
    """The text of a string as far as it is written out."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, (ast.Name, ast.FormattedValue)):
        return HOLE
    # Of `"...".format(x)`, `a + b` or `a if x else b` the texts in it.
    return "".join(map(text_of, ast.iter_child_nodes(node)))


def is_written_out(case: re.Match) -> bool:
    return case[1].strip().isdecimal() and case[2].strip().isdecimal()


def count_cases(cases: "list[re.Match]") -> "int | None":
    """
    How many cases the markers begin, where all of their numbers are written out and none is left out: a test that says
    `[1/3]` and `[2/3]` has two. None where that is known only when it runs.
    """
    if not cases or not all(map(is_written_out, cases)):
        return None
    numbers = {int(case[1]) for case in cases}
    return len(numbers) if numbers == set(range(1, len(numbers) + 1)) else None


def is_asserting(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    word = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return ASSERTING.match(word) is not None


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    programs = json.load(sys.stdin)
    facts = {"version": list(sys.version_info[:2]), "stdlib": sorted(sys.stdlib_module_names)}
    json.dump({**facts, "programs": [read_program(program) for program in programs]}, sys.stdout)
