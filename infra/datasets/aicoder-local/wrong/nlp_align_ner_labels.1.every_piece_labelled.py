def align_labels(sentences, labels, max_length):
    encoded = load_tokenizer()(sentences, is_split_into_words=True, truncation=True, max_length=max_length, padding=True)
    aligned = []
    for row, word_labels in enumerate(labels):
        aligned.append([-100 if word is None else word_labels[word] for word in encoded.word_ids(row)])
    return {"input_ids": encoded["input_ids"], "labels": aligned}
