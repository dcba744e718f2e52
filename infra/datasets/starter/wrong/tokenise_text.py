def tokenise_text(text: str) -> list[str]:
    for sign in ".,;:!?":
        text = text.replace(sign, " ")
    return text.lower().split()
