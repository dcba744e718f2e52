def momentum_steps(weight: float, gradients: list[float], learning_rate: float, momentum: float) -> list[float]:
    velocity = 0.0
    weights = []
    for gradient in gradients:
        weight = weight - learning_rate * (momentum * velocity + gradient)
        velocity = gradient
        weights.append(weight)
    return weights
