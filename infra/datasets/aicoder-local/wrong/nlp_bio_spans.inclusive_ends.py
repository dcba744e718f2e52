def bio_spans(tags: list[str]) -> list[tuple[str, int, int]]:
    spans = []
    for index, tag in enumerate(tags):
        if tag.startswith("B-"):
            spans.append((tag[2:], index, index))
        elif tag.startswith("I-"):
            kind, start, _ = spans[-1]
            spans[-1] = (kind, start, index)
    return spans
