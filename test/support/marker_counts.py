"""
What the authors' notes count in tests of AICoderEval, as the reader of programs sees prints and cases. Takes a JSON list of
tests on stdin and writes one object for each to stdout, in a list: null for a test that can't be parsed.
"""

import ast
import json
import re
import sys

sys.path.insert(0, sys.argv[1])
import program_facts as reader

STARTED = re.compile(r"^\s*testing started\.?\s*$", re.IGNORECASE)
FINISHED = re.compile(r"^\s*testing finished\.?\s*$", re.IGNORECASE)
FAILED = re.compile(r"test(?:ing)? case \[[^\]]*\] failed", re.IGNORECASE)


def counts(test: str) -> "dict | None":
    try:
        tree = ast.parse(test)
    except reader.UNREADABLE:
        return None
    texts = reader.printed_texts(tree)
    cases = reader.case_starts(tree)
    messages = [node.msg for node in ast.walk(tree) if isinstance(node, ast.Assert) and node.msg]
    return {
        "started": sum(STARTED.match(text) is not None for text in texts),
        "finished": sum(FINISHED.match(text) is not None for text in texts),
        "caseStarts": len(cases),
        "computedStarts": sum(not reader.is_written_out(case) for case in cases),
        "declared": declared(cases),
        "failureMessages": sum(FAILED.search(reader.text_of(message)) is not None for message in messages),
    }


def declared(cases: "list[re.Match]") -> "int | None":
    """The n of `[i/n]`, where it is written out."""
    numbers = [int(case[2]) for case in cases if case[2].strip().isdecimal()]
    return max(numbers) if numbers and len(numbers) == len(cases) else None


json.dump([counts(test) for test in json.load(sys.stdin)], sys.stdout)
