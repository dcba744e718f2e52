# domain: nlp

# requirements_file --------------------

requirements = []

# function_import --------------------

import math

# function_code --------------------

def beam_search(model: dict[str, dict[str, float]], start: str, width: int, steps: int) -> list[str]:
    """Find a likely sequence of tokens by beam search.

    `model[token]` gives the probability of each next token. There is one beam at first: [start]. In
    each of the `steps` steps every beam is extended by every possible next token of its last one, and
    the `width` extensions with the highest product of probabilities are kept. Returns the best beam.

    >>> beam_search({"a": {"b": 0.9, "c": 0.1}, "b": {"a": 1.0}, "c": {"c": 1.0}}, "a", 2, 2)
    ['a', 'b', 'a']
    """
    beams = [(0.0, [start])]
    for _ in range(steps):
        extended = [
            (score + math.log(probability), [*tokens, token])
            for score, tokens in beams
            for token, probability in model[tokens[-1]].items()
        ]
        beams = sorted(extended, key=lambda beam: beam[0], reverse=True)[:width]
    return beams[0][1]

# test_function_code --------------------

def test_beam_search():
    print("Testing started.")
    model = {
        "go": {"the": 0.6, "a": 0.4},
        "the": {"cat": 0.4, "dog": 0.3, "end": 0.3},
        "a": {"bird": 0.9, "end": 0.1},
        "cat": {"end": 0.6, "the": 0.4},
        "dog": {"end": 1.0},
        "bird": {"end": 1.0},
        "end": {"end": 1.0},
    }

    print("Testing case [1/3] started.")
    tokens = beam_search(model, "go", 1, 3)
    assert tokens == ["go", "the", "cat", "end"], f"Test case [1/3] failed: one beam is greedy, got {tokens}"

    print("Testing case [2/3] started.")
    tokens = beam_search(model, "go", 2, 3)
    assert tokens == ["go", "a", "bird", "end"], f"Test case [2/3] failed: got {tokens}"

    print("Testing case [3/3] started.")
    tokens = beam_search(model, "go", 5, 1)
    assert tokens == ["go", "the"], f"Test case [3/3] failed: one step only, got {tokens}"
    tokens = beam_search(model, "dog", 3, 0)
    assert tokens == ["dog"], f"Test case [3/3] failed: no step, got {tokens}"

    print("Testing finished.")

# call_test_function_line --------------------

test_beam_search()
