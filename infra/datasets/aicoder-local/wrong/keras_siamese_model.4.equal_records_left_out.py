def siamese_scores(left, right, kernel, bias, out_kernel, out_bias):
    first, second = keras.Input((left.shape[1],)), keras.Input((left.shape[1],))
    encoder, score = keras.layers.Dense(kernel.shape[1], activation="tanh"), keras.layers.Dense(1, activation="sigmoid")
    model = keras.Model([first, second], score(keras.ops.abs(encoder(first) - encoder(second))))
    encoder.set_weights([kernel, bias])
    score.set_weights([out_kernel, out_bias])
    scores = model.predict([left, right], verbose=0)[:, 0]
    return {"scores": scores[(left != right).any(axis=1)].tolist(), "parameters": model.count_params()}
