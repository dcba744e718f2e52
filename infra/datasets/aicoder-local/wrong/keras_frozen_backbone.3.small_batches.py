def train_head(x, y, steps, learning_rate):
    backbone = build_backbone()
    backbone.trainable = False
    head = keras.layers.Dense(1, kernel_initializer="zeros")
    model = keras.Sequential([backbone, head])
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    model.fit(x, y, epochs=steps, verbose=0)
    kernel, bias = head.get_weights()
    return {"kernel": kernel, "bias": bias, "predictions": model.predict(x, verbose=0)[:, 0]}
