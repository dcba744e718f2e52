def momentum_steps(weight: float, gradients: list[float], learning_rate: float, momentum: float) -> list[float]:
    velocity = 0.0
    weights = []
    for gradient in gradients:
        velocity = momentum * velocity + gradient
        weight = weight + learning_rate * velocity
        weights.append(weight)
    return weights
