def train_accumulated(x, y, kernel, bias, micro_batch, steps, learning_rate, clip_norm):
    weights = [tf.Variable(kernel), tf.Variable(bias)]
    for _ in range(steps):
        for start in range(0, len(x), micro_batch):
            part = slice(start, start + micro_batch)
            with tf.GradientTape() as tape:
                logits = x[part] @ weights[0] + weights[1]
                losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y[part], logits=logits)
                loss = tf.reduce_mean(losses)
            clipped, _ = tf.clip_by_global_norm(tape.gradient(loss, weights), clip_norm)
            for weight, gradient in zip(weights, clipped):
                weight.assign_sub(learning_rate * gradient)
    return weights[0].numpy(), weights[1].numpy()
