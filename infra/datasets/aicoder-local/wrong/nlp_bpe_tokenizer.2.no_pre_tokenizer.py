def train_and_encode(corpus, vocab_size, texts):
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    special = ["[UNK]", "[PAD]"]
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size, min_frequency=0, special_tokens=special, show_progress=False
    )
    tokenizer.train_from_iterator(corpus, trainer)
    encoded = [tokenizer.encode(text) for text in texts]
    return {"tokens": [each.tokens for each in encoded], "ids": [each.ids for each in encoded]}
