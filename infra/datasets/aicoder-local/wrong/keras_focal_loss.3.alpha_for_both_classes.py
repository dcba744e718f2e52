def focal_loss(labels, logits, alpha, gamma):
    labels, logits = tf.constant(labels), tf.constant(logits)
    with tf.GradientTape() as tape:
        tape.watch(logits)
        entropy = tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)
        loss = tf.reduce_mean(alpha * (1 - tf.exp(-entropy)) ** gamma * entropy)
    return float(loss), tape.gradient(loss, logits).numpy()
