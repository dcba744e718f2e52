def word_error_rate(reference: str, hypothesis: str) -> float:
    wanted, heard = reference.lower().split(), hypothesis.lower().split()
    wrong = sum(a != b for a, b in zip(wanted, heard)) + abs(len(wanted) - len(heard))
    return wrong / len(wanted)
