def padded_batches(sequences, labels, batch_size, max_length):
    signature = (tf.TensorSpec((None,), tf.int64), tf.TensorSpec((), tf.int64))
    dataset = tf.data.Dataset.from_generator(lambda: zip(sequences, labels), output_signature=signature)
    dataset = dataset.map(lambda tokens, label: (tokens[:max_length], label))
    padding = (tf.constant(-1, tf.int64), tf.constant(0, tf.int64))
    return list(dataset.padded_batch(batch_size, padding_values=padding).as_numpy_iterator())
