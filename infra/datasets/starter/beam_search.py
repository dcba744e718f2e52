# domain: nlp

# requirements_file --------------------

requirements = []

# function_import --------------------

import math

# function_code --------------------

def beam_search(model: dict[str, dict[str, float]], width: int, max_length: int) -> list[str]:
    """Find a likely sequence of tokens by beam search.

    `model[token]` gives the probability (above 0) of each next token. Every sequence starts after "<s>"
    and is finished by "</s>". The score of a sequence is the sum of the natural logarithms of the
    probabilities of its tokens, "</s>" included. In each step every unfinished beam is
    extended by each possible next token; the extensions together with the finished beams are sorted
    by score, highest first, and the best `width` are kept. The search ends when all kept beams are
    finished, or after `max_length` steps.

    Args:
        model: next-token probabilities; has an entry for "<s>" and for every token but "</s>".
        width: number of beams, 1 or more.
        max_length: number of steps, 1 or more.

    Returns:
        The tokens of the best beam (finished or not) without "<s>" and "</s>".

    >>> beam_search({"<s>": {"a": 0.6, "b": 0.4}, "a": {"</s>": 1.0}, "b": {"</s>": 1.0}}, 2, 5)
    ['a']
    """
    beams = [(0.0, ["<s>"])]
    for _ in range(max_length):
        candidates = []
        for score, tokens in beams:
            if tokens[-1] == "</s>":
                candidates.append((score, tokens))
                continue
            for token, probability in model[tokens[-1]].items():
                candidates.append((score + math.log(probability), [*tokens, token]))
        beams = sorted(candidates, key=lambda beam: -beam[0])[:width]
        if all(tokens[-1] == "</s>" for _, tokens in beams):
            break
    return [token for token in beams[0][1] if token not in ("<s>", "</s>")]

# test_function_code --------------------

def test_beam_search():
    print("Testing started.")
    model = {
        "<s>": {"the": 0.6, "a": 0.4},
        "the": {"cat": 0.4, "dog": 0.3, "</s>": 0.3},
        "a": {"bird": 0.9, "</s>": 0.1},
        "cat": {"</s>": 0.6, "the": 0.4},
        "dog": {"</s>": 1.0},
        "bird": {"</s>": 1.0},
    }

    print("Testing case [1/4] started.")
    tokens = beam_search(model, 1, 10)
    assert tokens == ["the", "cat"], f"Test case [1/4] failed: one beam is greedy, got {tokens}"

    print("Testing case [2/4] started.")
    tokens = beam_search(model, 2, 10)
    assert tokens == ["a", "bird"], f"Test case [2/4] failed: two beams find the better sequence, got {tokens}"

    print("Testing case [3/4] started.")
    tokens = beam_search(model, 2, 1)
    assert tokens == ["the"], f"Test case [3/4] failed: one step only, got {tokens}"

    print("Testing case [4/4] started.")
    loop = {"<s>": {"x": 1.0}, "x": {"x": 0.9, "</s>": 0.1}}
    tokens = beam_search(loop, 1, 4)
    assert tokens == ["x", "x", "x", "x"], f"Test case [4/4] failed: got {tokens}"
    tokens = beam_search({"<s>": {"</s>": 0.7, "y": 0.3}, "y": {"</s>": 1.0}}, 2, 5)
    assert tokens == [], f"Test case [4/4] failed: the empty sequence is the best, got {tokens}"

    print("Testing finished.")

# call_test_function_line --------------------

test_beam_search()
