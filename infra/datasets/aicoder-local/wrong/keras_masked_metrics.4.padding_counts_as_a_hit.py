def masked_metrics(labels, logits):
    mask = tf.cast(labels != 0, tf.float32)
    losses = tf.keras.losses.sparse_categorical_crossentropy(labels, tf.cast(logits, tf.float32), from_logits=True)
    hits = tf.cast(tf.argmax(logits, axis=-1) == labels, tf.float32)
    return {
        "loss": float(tf.math.divide_no_nan(tf.reduce_sum(losses * mask), tf.reduce_sum(mask))),
        "accuracy": float(tf.reduce_mean(hits)),
    }
