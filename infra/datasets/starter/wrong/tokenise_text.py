import re


def tokenise_text(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())
