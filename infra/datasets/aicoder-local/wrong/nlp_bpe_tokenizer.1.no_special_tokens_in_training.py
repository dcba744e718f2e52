def train_and_encode(corpus, vocab_size, texts):
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.BpeTrainer(vocab_size=vocab_size, min_frequency=0, show_progress=False)
    tokenizer.train_from_iterator(corpus, trainer)
    tokenizer.add_special_tokens(["[UNK]", "[PAD]"])
    encoded = [tokenizer.encode(text) for text in texts]
    return {"tokens": [each.tokens for each in encoded], "ids": [each.ids for each in encoded]}
