def pack_texts(texts, block_size, eos):
    stream = [token for text in texts for token in [*text, eos]]
    blocks = [stream[start : start + block_size] for start in range(0, len(stream), block_size)]
    return {"input_ids": blocks, "labels": blocks}
