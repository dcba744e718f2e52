import re


def tokenize_words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())
