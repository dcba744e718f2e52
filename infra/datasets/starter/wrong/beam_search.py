import math


def beam_search(model: dict[str, dict[str, float]], start: str, width: int, steps: int) -> list[str]:
    tokens = [start]
    for _ in range(steps):
        choices = sorted(model[tokens[-1]].items(), key=lambda item: item[1], reverse=True)[:width]
        tokens.append(choices[0][0])
    return tokens
