def focal_loss(labels, logits, alpha, gamma):
    labels, logits = tf.constant(labels), tf.constant(logits)
    with tf.GradientTape() as tape:
        tape.watch(logits)
        p = tf.clip_by_value(tf.sigmoid(logits), 1e-7, 1 - 1e-7)
        positive = -alpha * (1 - p) ** gamma * tf.math.log(p)
        negative = -(1 - alpha) * p**gamma * tf.math.log(1 - p)
        loss = tf.reduce_mean(labels * positive + (1 - labels) * negative)
    return float(loss), tape.gradient(loss, logits).numpy()
