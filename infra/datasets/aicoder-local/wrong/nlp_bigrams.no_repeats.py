def bigrams(sentences: list[list[str]]) -> list[tuple[str, str]]:
    found = []
    for words in sentences:
        for pair in zip(words, words[1:]):
            if pair not in found:
                found.append(pair)
    return found
