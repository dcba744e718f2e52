import torch


def update_average(
    average: dict[str, torch.Tensor], state: dict[str, torch.Tensor], decay: float, step: int
) -> dict[str, torch.Tensor]:
    decay = min(decay, (1 + step) / (10 + step))
    return {
        name: (decay * average[name] + (1 - decay) * state[name]).to(state[name].dtype) for name in state
    }
