import tensorflow as tf


def token_accuracy(labels: tf.Tensor, logits: tf.Tensor, ignored: int) -> float:
    counts = tf.cast(labels != ignored, tf.float32)
    right = tf.cast(tf.argmax(logits, axis=-1, output_type=labels.dtype) == labels, tf.float32) * counts
    return float(tf.reduce_mean(tf.math.divide_no_nan(tf.reduce_sum(right, axis=1), tf.reduce_sum(counts, axis=1))))
