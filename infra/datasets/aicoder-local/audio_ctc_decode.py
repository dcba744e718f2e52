# domain: audio
# level: 1
# checks: greedy CTC decoding merges repeats before it drops blanks, and stops at each recording's length
# environment: data
# grading: isolated

# requirements_file --------------------

requirements = ["numpy"]

# function_import --------------------

import numpy as np

# function_code --------------------

def ctc_decode(logits: np.ndarray, lengths: list[int], vocabulary: list[str], blank: int) -> list[str]:
    """Greedy decoding of a speech recogniser that was trained with connectionist temporal classification (CTC).

    `logits` has the shape (recordings, frames, len(vocabulary)); of recording i only the first `lengths[i]` frames count, the others are
    padding. In each frame the token with the highest logit is taken. Frames in a row with the same token are merged into
    one, then tokens with the index `blank` are dropped, and the rest is joined. In the text "|" stands for the end of a word: it becomes a
    space, and spaces at both ends of the text are removed.

    >>> ctc_decode(np.eye(3)[[[1, 1, 0, 1, 2, 2]]], [5], ["-", "a", "b"], 0)
    ['aab']
    """
    texts = []
    for frames, length in zip(logits, lengths):
        best = frames[:length].argmax(axis=1).tolist()
        merged = [token for i, token in enumerate(best) if i == 0 or token != best[i - 1]]
        texts.append("".join(vocabulary[token] for token in merged if token != blank).replace("|", " ").strip())
    return texts

# test_function_code --------------------

def test_ctc_decode():
    import numpy as np

    vocabulary = ["<pad>", "|", "e", "h", "l", "o", "t", "w"]

    def frames(*paths):
        width = max(len(path) for path in paths)
        rng = np.random.default_rng(1)
        logits = rng.uniform(-1, 1, size=(len(paths), width, len(vocabulary)))
        for row, path in enumerate(paths):
            # After the end: a frame of "w" in place of silence.
            for t in range(width):
                logits[row, t, vocabulary.index(path[t]) if t < len(path) else 7] = 3
        return logits, [len(path) for path in paths]

    def check(paths, expected, case, blank="<pad>"):
        logits, lengths = frames(*paths)
        got = ctc_decode(logits, lengths, vocabulary, vocabulary.index(blank))
        assert got == expected, f"Test case {case} failed: got {got}, expected {expected}"

    p = "<pad>"

    print("Testing started.")

    print("Testing case [1/4] started.")
    check([["h", "h", p, "e", "e", "l", "l", p, "l", p, "o", "o"]], ["hello"], "[1/4]")
    check([["h", "e", "l", "l", "o"]], ["helo"], "[1/4]")

    print("Testing case [2/4] started.")
    paths = [["t", "o", p, "o"], ["h", p, "o", "o", "|", "|", "h", p, p, "o"], [p, p]]
    check(paths, ["too", "ho ho", ""], "[2/4]")

    print("Testing case [3/4] started.")
    check([["|", p, "|", "w", "e", p, "|", "l", "e", "t", "|"], ["e", "|"]], ["we let", "e"], "[3/4]")

    print("Testing case [4/4] started.")
    # The blank is another token.
    check([["h", "o", "o", "e", "o", "e", "e", "w"]], ["heew"], "[4/4]", blank="o")

    print("Testing finished.")

# call_test_function_line --------------------

test_ctc_decode()
