def join_word_pieces(pieces: list[str]) -> str:
    return " ".join(pieces).replace(" ##", "")
