# domain: nlp
# level: 0
# checks: BIO tags become spans with exclusive ends; a new B begins a new span
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def bio_spans(tags: list[str]) -> list[tuple[str, int, int]]:
    """Entities in the BIO tags of a sentence's words.

    "B-X" begins an entity of type X, "I-X" goes on with it, "O" is outside. Every "I-X" follows a "B-X" or "I-X" of its own type.

    Returns (type, start, end) for each entity in order; `end` is the index after its last word.

    >>> bio_spans(["O", "B-PER", "I-PER"])
    [('PER', 1, 3)]
    """
    spans = []
    for index, tag in enumerate(tags):
        if tag.startswith("B-"):
            spans.append((tag[2:], index, index + 1))
        elif tag.startswith("I-"):
            kind, start, _ = spans[-1]
            spans[-1] = (kind, start, index + 1)
    return spans

# test_function_code --------------------

def test_bio_spans():
    def check(tags, expected, case):
        found = [tuple(span) for span in bio_spans(tags)]
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(["B-LOC", "O", "O", "B-ORG", "I-ORG", "I-ORG", "O"], [("LOC", 0, 1), ("ORG", 3, 6)], "[1/3]")

    print("Testing case [2/3] started.")
    check(["B-PER", "B-PER", "I-PER", "B-LOC"], [("PER", 0, 1), ("PER", 1, 3), ("LOC", 3, 4)], "[2/3]")

    print("Testing case [3/3] started.")
    check(["O", "O", "B-MISC", "I-MISC"], [("MISC", 2, 4)], "[3/3]")
    check(["O"], [], "[3/3]")
    check([], [], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_bio_spans()
