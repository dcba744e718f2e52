def train_head(x, y, steps, learning_rate):
    backbone = build_backbone()
    head = keras.layers.Dense(1, kernel_initializer="zeros")
    head.build((None, 6))
    optimizer = keras.optimizers.SGD(learning_rate)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((head(backbone(x, training=True))[:, 0] - y) ** 2)
        gradients = tape.gradient(loss, head.trainable_variables)
        optimizer.apply_gradients(zip(gradients, head.trainable_variables))
    kernel, bias = head.get_weights()
    return {"kernel": kernel, "bias": bias, "predictions": head(backbone(x)).numpy()[:, 0]}
