def bio_spans(tags: list[str]) -> list[tuple[str, int, int]]:
    spans = []
    for index, tag in enumerate(tags):
        if tag == "O":
            continue
        if spans and spans[-1][0] == tag[2:] and spans[-1][2] == index:
            spans[-1] = (tag[2:], spans[-1][1], index + 1)
        else:
            spans.append((tag[2:], index, index + 1))
    return spans
