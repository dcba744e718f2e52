import math


def beam_search(model: dict[str, dict[str, float]], width: int, max_length: int) -> list[str]:
    beams = [(0.0, ["<s>"])]
    for _ in range(max_length):
        candidates = []
        for score, tokens in beams:
            for token, probability in model.get(tokens[-1], {}).items():
                candidates.append((score + math.log(probability), [*tokens, token]))
        if not candidates:
            break
        beams = sorted(candidates, key=lambda beam: beam[0], reverse=True)[:width]
    return [token for token in beams[0][1] if token not in ("<s>", "</s>")]
