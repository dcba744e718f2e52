import torch


def update_average(
    average: dict[str, torch.Tensor], state: dict[str, torch.Tensor], decay: float, step: int
) -> dict[str, torch.Tensor]:
    decay = min(decay, (1 + step) / (10 + step))
    result = {}
    for name, value in state.items():
        if torch.is_floating_point(value):
            result[name] = torch.lerp(average[name], value, decay)
        else:
            result[name] = value.clone()
    return result
