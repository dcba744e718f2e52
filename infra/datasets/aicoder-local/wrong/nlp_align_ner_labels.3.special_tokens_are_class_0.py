def align_labels(sentences, labels, max_length):
    encoded = load_tokenizer()(sentences, is_split_into_words=True, truncation=True, max_length=max_length, padding=True)
    aligned = []
    for row, word_labels in enumerate(labels):
        previous, out = None, []
        for word in encoded.word_ids(row):
            out.append(0 if word is None else -100 if word == previous else word_labels[word])
            previous = word
        aligned.append(out)
    return {"input_ids": encoded["input_ids"], "labels": aligned}
