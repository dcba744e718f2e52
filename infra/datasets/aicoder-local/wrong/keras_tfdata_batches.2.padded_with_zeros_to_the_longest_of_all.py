def padded_batches(sequences, labels, batch_size, max_length):
    kept = [(tokens, label) for tokens, label in zip(sequences, labels) if len(tokens) <= max_length]
    if not kept:
        return []
    tokens = tf.keras.utils.pad_sequences([tokens for tokens, _ in kept], padding="post")
    dataset = tf.data.Dataset.from_tensor_slices((tokens, [label for _, label in kept])).batch(batch_size)
    return list(dataset.as_numpy_iterator())
