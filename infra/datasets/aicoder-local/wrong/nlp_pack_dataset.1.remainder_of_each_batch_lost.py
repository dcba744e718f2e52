def pack_texts(texts, block_size, eos):
    dataset = Dataset.from_dict({"input_ids": texts})

    def pack(batch):
        stream = [token for text in batch["input_ids"] for token in [*text, eos]]
        whole = len(stream) // block_size * block_size
        blocks = [stream[start : start + block_size] for start in range(0, whole, block_size)]
        return {"input_ids": blocks, "labels": blocks}

    packed = dataset.map(pack, batched=True)
    return {"input_ids": list(packed["input_ids"]), "labels": list(packed["labels"])}
