def bio_spans(tags: list[str]) -> list[tuple[str, int, int]]:
    spans = []
    kind, start = None, 0
    for index, tag in enumerate(tags):
        if not tag.startswith("I-") and kind is not None:
            spans.append((kind, start, index))
            kind = None
        if tag.startswith("B-"):
            kind, start = tag[2:], index
    return spans
