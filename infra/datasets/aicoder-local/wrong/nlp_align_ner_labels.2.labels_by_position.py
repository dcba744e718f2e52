def align_labels(sentences, labels, max_length):
    encoded = load_tokenizer()(sentences, is_split_into_words=True, truncation=True, max_length=max_length, padding=True)
    width = len(encoded["input_ids"][0])
    aligned = [([-100, *word_labels] + [-100] * width)[:width] for word_labels in labels]
    return {"input_ids": encoded["input_ids"], "labels": aligned}
