import numpy as np


def best_answer(start_logits, end_logits, offsets, context, max_answer_tokens):
    inside = [position for position, offset in enumerate(offsets) if offset is not None]
    if not inside:
        return {"text": "", "score": float("-inf")}
    start = max(inside, key=lambda position: start_logits[position])
    end = max(inside, key=lambda position: end_logits[position])
    score = float(start_logits[start] + end_logits[end])
    return {"text": context[offsets[start][0] : offsets[end][1]], "score": score}
