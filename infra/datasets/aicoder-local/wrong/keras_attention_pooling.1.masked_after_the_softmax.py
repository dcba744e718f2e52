def attention_pool(states, mask, kernel, bias, query):
    class AttentionPooling(keras.layers.Layer):
        def call(self, states, real):
            scores = keras.ops.sum(keras.ops.tanh(keras.ops.matmul(states, kernel) + bias) * query, axis=-1)
            weights = keras.ops.softmax(scores, axis=1) * keras.ops.cast(real, "float32")
            return keras.ops.sum(states * weights[..., None], axis=1), weights

    pooled, weights = AttentionPooling()(keras.ops.convert_to_tensor(states), keras.ops.convert_to_tensor(mask))
    return {"pooled": keras.ops.convert_to_numpy(pooled), "weights": keras.ops.convert_to_numpy(weights)}
