import numpy as np


def best_answer(start_logits, end_logits, offsets, context, max_answer_tokens):
    best = {"text": "", "score": float("-inf")}
    for start, first in enumerate(offsets):
        if first is None:
            continue
        for end in range(start + 1, min(start + max_answer_tokens, len(offsets))):
            last = offsets[end]
            score = float(start_logits[start] + end_logits[end])
            if last is not None and score > best["score"]:
                best = {"text": context[first[0] : last[1]], "score": score}
    return best
