def join_word_pieces(pieces: list[str]) -> str:
    return " ".join(p for p in pieces if not p.startswith("[")).replace(" ##", "")
