import numpy as np


def best_answer(start_logits, end_logits, offsets, context, max_answer_tokens):
    best = {"text": "", "score": float("-inf")}
    for start in range(len(offsets)):
        for end in range(start, min(start + max_answer_tokens, len(offsets))):
            score = float(start_logits[start] + end_logits[end])
            if offsets[start] and offsets[end] and score > best["score"]:
                words = [context[a:b] for a, b in offsets[start : end + 1]]
                best = {"text": " ".join(words), "score": score}
    return best
