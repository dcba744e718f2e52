import torch


def scaled_step(parameters, gradients, scaler, learning_rate):
    scaler = dict(scaler)
    updated, overflow = [], False
    for parameter, gradient in zip(parameters, gradients):
        gradient = gradient.float() / scaler["scale"]
        if torch.isfinite(gradient).all():
            updated.append(parameter - learning_rate * gradient)
        else:
            overflow = True
            updated.append(parameter.clone())
    if overflow:
        scaler["scale"] /= 2
        scaler["good_steps"] = 0
    else:
        scaler["good_steps"] += 1
        if scaler["good_steps"] >= scaler["growth_interval"]:
            scaler["scale"] *= 2
            scaler["good_steps"] = 0
    return updated, scaler
