# domain: nlp
# level: 2
# checks: the best span of an extractive question answerer is searched jointly, within the context, and cut out by offsets
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def best_answer(
    start_logits: np.ndarray,
    end_logits: np.ndarray,
    offsets: list[tuple[int, int] | None],
    context: str,
    max_answer_tokens: int,
) -> dict:
    """The answer that an extractive question-answering model gives.

    `start_logits` and `end_logits` have a value for each token of the input (question, special tokens, context). `offsets` has
    for each token of the context where it lies in `context` (first character, one past the last), and None for any
    other token. An answer is a span of tokens that starts and ends with a token of the context, ends no earlier than it starts, and has
    at most `max_answer_tokens` tokens. The best one has the highest sum of its start's start logit and its
    end's end logit; of several the one that starts first, then the shortest.

    Returns {"text": the answer as it stands in the context, "score": that sum}. Without any possible answer the text is
    "" and the score is minus infinity.

    >>> best_answer(np.array([9.0, 1.0, 0.0]), np.array([9.0, 0.0, 2.0]), [None, (0, 3), (4, 7)], "one two", 5)
    {'text': 'one two', 'score': 3.0}
    """
    best = {"text": "", "score": float("-inf")}
    for start, first in enumerate(offsets):
        if first is None:
            continue
        for end in range(start, min(start + max_answer_tokens, len(offsets))):
            last = offsets[end]
            score = float(start_logits[start] + end_logits[end])
            if last is not None and score > best["score"]:
                best = {"text": context[first[0] : last[1]], "score": score}
    return best

# test_function_code --------------------

def test_best_answer():
    import numpy as np

    context = "Marie  Curie won it in 1903, and again in 1911."
    words = [(0, 5), (7, 12), (13, 16), (17, 19), (20, 22), (23, 27), (27, 28), (29, 32), (33, 38), (39, 41), (42, 46), (46, 47)]
    # [CLS] question [SEP] context [SEP]
    offsets = [None] * 5 + words + [None]

    def check(starts, ends, most, text, score, case):
        start_logits, end_logits = np.full(18, -10.0), np.full(18, -10.0)
        for position, value in starts.items():
            start_logits[position] = value
        for position, value in ends.items():
            end_logits[position] = value
        got = best_answer(start_logits, end_logits, offsets, context, most)
        fits = got["text"] == text and abs(got["score"] - score) < 1e-9
        assert fits, f"Test case {case} failed: got {got}, expected {text!r} with {score}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check({5: 4.0}, {6: 3.0}, 10, "Marie  Curie", 7.0, "[1/4]")
    check({10: 2.5}, {10: 2.0}, 10, "1903", 4.5, "[1/4]")

    print("Testing case [2/4] started.")
    # The best end lies before the best start.
    check({15: 6.0, 5: 5.0}, {6: 6.0, 15: 4.5}, 10, "Marie  Curie", 11.0, "[2/4]")
    # The best start and end are of the question.
    check({1: 9.0, 0: 8.0, 10: 1.0}, {2: 9.0, 17: 9.0, 10: 2.0}, 10, "1903", 3.0, "[2/4]")

    print("Testing case [3/4] started.")
    check({5: 5.0}, {15: 5.0, 7: 1.0}, 4, "Marie  Curie won", 6.0, "[3/4]")
    check({5: 5.0}, {8: 5.0}, 4, "Marie  Curie won it", 10.0, "[3/4]")
    check({5: 5.0, 8: 0.0}, {8: 5.0, 5: 0.5}, 3, "Marie", 5.5, "[3/4]")

    print("Testing case [4/4] started.")
    check({8: 2.0, 6: 2.0}, {9: 1.0, 8: 1.0}, 10, "Curie won it", 3.0, "[4/4]")
    got = best_answer(np.array([1.0, 2.0]), np.array([3.0, 4.0]), [None, None], context, 3)
    fits = got == {"text": "", "score": float("-inf")}
    assert fits, f"Test case [4/4] failed: got {got} without a token of the context"

    print("Testing finished.")

# call_test_function_line --------------------

test_best_answer()
