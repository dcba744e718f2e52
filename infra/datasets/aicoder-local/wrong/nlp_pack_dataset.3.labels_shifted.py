def pack_texts(texts, block_size, eos):
    stream = [token for text in texts for token in [*text, eos]]
    starts = range(0, len(stream) // block_size * block_size, block_size)
    blocks = [stream[start : start + block_size] for start in starts]
    return {"input_ids": blocks, "labels": [[*block[1:], -100] for block in blocks]}
