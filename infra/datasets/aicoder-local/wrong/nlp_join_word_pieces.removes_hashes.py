def join_word_pieces(pieces: list[str]) -> str:
    kept = [piece for piece in pieces if piece not in ("[CLS]", "[SEP]", "[PAD]")]
    return " ".join(kept).replace(" ##", "").replace("#", "")
