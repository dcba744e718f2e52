def bigrams(sentences: list[list[str]]) -> list[tuple[str, str]]:
    words = [word for sentence in sentences for word in sentence]
    return list(zip(words, words[1:]))
