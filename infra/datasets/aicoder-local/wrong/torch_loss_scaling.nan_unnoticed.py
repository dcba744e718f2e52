import torch


def scaled_step(parameters, gradients, scaler, learning_rate):
    state = dict(scaler)
    if any(torch.isinf(gradient).any() for gradient in gradients):
        state.update(scale=state["scale"] / 2, good_steps=0)
        return [parameter.clone() for parameter in parameters], state
    updated = [p - learning_rate * g.float() / state["scale"] for p, g in zip(parameters, gradients)]
    state["good_steps"] += 1
    if state["good_steps"] >= state["growth_interval"]:
        state.update(scale=state["scale"] * 2, good_steps=0)
    return updated, state
