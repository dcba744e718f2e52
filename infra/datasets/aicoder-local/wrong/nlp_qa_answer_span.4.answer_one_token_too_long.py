import numpy as np


def best_answer(start_logits, end_logits, offsets, context, max_answer_tokens):
    best = {"text": "", "score": float("-inf")}
    for start, first in enumerate(offsets):
        for end, last in enumerate(offsets):
            if first is None or last is None or end < start or end - start > max_answer_tokens:
                continue
            score = float(start_logits[start] + end_logits[end])
            if score > best["score"]:
                best = {"text": context[first[0] : last[1]], "score": score}
    return best
