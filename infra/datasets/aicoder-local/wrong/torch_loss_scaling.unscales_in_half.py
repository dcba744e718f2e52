import torch


def scaled_step(parameters, gradients, scaler, learning_rate):
    scaler = dict(scaler)
    if any(not torch.isfinite(gradient).all() for gradient in gradients):
        scaler["scale"] *= 0.5
        scaler["good_steps"] = 0
        return [parameter.clone() for parameter in parameters], scaler
    updated = []
    for parameter, gradient in zip(parameters, gradients):
        unscaled = gradient / scaler["scale"]
        updated.append(parameter - learning_rate * unscaled.to(torch.float32))
    scaler["good_steps"] += 1
    if scaler["good_steps"] == scaler["growth_interval"]:
        scaler["scale"] *= 2
        scaler["good_steps"] = 0
    return updated, scaler
