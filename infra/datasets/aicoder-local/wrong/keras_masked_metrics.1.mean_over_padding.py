def masked_metrics(labels, logits):
    mask = tf.cast(labels != 0, tf.float32)
    losses = tf.keras.losses.sparse_categorical_crossentropy(labels, tf.cast(logits, tf.float32), from_logits=True)
    hits = tf.cast(tf.argmax(logits, axis=-1) == labels, tf.float32)
    return {"loss": float(tf.reduce_mean(losses * mask)), "accuracy": float(tf.reduce_mean(hits * mask))}
