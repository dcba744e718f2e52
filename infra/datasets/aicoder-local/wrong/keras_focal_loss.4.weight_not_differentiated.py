def focal_loss(labels, logits, alpha, gamma):
    labels, logits = tf.constant(labels), tf.constant(logits)
    weights = labels * alpha + (1 - labels) * (1 - alpha)
    focus = (1 - tf.exp(-tf.nn.sigmoid_cross_entropy_with_logits(labels, logits))) ** gamma
    with tf.GradientTape() as tape:
        tape.watch(logits)
        entropy = tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)
        loss = tf.reduce_mean(weights * focus * entropy)
    return float(loss), tape.gradient(loss, logits).numpy()
