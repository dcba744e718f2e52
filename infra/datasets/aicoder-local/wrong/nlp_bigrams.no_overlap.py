def bigrams(sentences: list[list[str]]) -> list[tuple[str, str]]:
    return [(words[i], words[i + 1]) for words in sentences for i in range(0, len(words) - 1, 2)]
