def pack_texts(texts, block_size, eos):
    stream = [token for text in texts for token in text]
    whole = len(stream) // block_size * block_size
    blocks = [stream[start : start + block_size] for start in range(0, whole, block_size)]
    return {"input_ids": blocks, "labels": blocks}
