# domain: training
# level: 3
# checks: a checkpoint holds the state of weights, momentum and learning-rate schedule, so that a run can be continued
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import io

import torch

# function_code --------------------

def train_steps(
    features: torch.Tensor, targets: torch.Tensor, steps: int, checkpoint: bytes | None
) -> tuple[torch.Tensor, bytes]:
    """Train a linear model for some steps, from the start or from where a checkpoint left off.

    `features` is a float32 tensor of shape (n, d), `targets` of shape (n,). The model predicts
    features @ weight, and its weight starts at 0. Each of the `steps` steps is one of `torch.optim.SGD` with
    learning rate 0.1 and momentum 0.9 (its other settings as they are by default) on the mean squared error over
    all rows; after every 5 steps the learning rate is halved (steps 1 to 5 use 0.1, steps 6 to 10 use 0.05, ...).

    `checkpoint` is None for a new run, else the bytes that an earlier call returned: the run goes on exactly
    where that call ended. Calls with 4 and then 7 steps give the same weights as one call with 11. All that
    is needed to go on is in the checkpoint, so that runs can be continued in any order, or twice.

    Returns the weight after the last step, shape (d,), which requires no gradient, and the new checkpoint.
    """
    weight = torch.zeros(features.shape[1], requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.1, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=5, gamma=0.5)
    if checkpoint is not None:
        saved = torch.load(io.BytesIO(checkpoint))
        with torch.no_grad():
            weight.copy_(saved["weight"])
        optimizer.load_state_dict(saved["optimizer"])
        scheduler.load_state_dict(saved["scheduler"])
    for _ in range(steps):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(features @ weight, targets).backward()
        optimizer.step()
        scheduler.step()
    buffer = io.BytesIO()
    state = {"weight": weight.detach(), "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict()}
    torch.save(state, buffer)
    return weight.detach(), buffer.getvalue()

# test_function_code --------------------

def test_train_steps():
    import numpy as np
    import torch

    def data(seed):
        generator = torch.Generator().manual_seed(seed)
        features = torch.randn(12, 3, generator=generator)
        return features, features @ torch.tensor([1.0, -2.0, 0.5]) + torch.randn(12, generator=generator)

    def oracle(features, targets, steps):
        x, y = features.double().numpy(), targets.double().numpy()
        weight, velocity = np.zeros(x.shape[1]), np.zeros(x.shape[1])
        for step in range(steps):
            velocity = 0.9 * velocity + 2 * x.T @ (x @ weight - y) / len(y)
            weight = weight - 0.1 * 0.5 ** (step // 5) * velocity
        return weight.tolist()

    def check(found, expected, failed):
        assert not found.requires_grad, f"{failed}the weight requires a gradient"
        found = found.tolist()
        close = len(found) == len(expected) and all(abs(a - b) < 1e-4 for a, b in zip(found, expected))
        assert close, f"{failed}the weight is {found}, expected {expected}"

    first, second = data(1), data(2)

    print("Testing started.")

    print("Testing case [1/4] started.")
    check(train_steps(*first, 1, None)[0], oracle(*first, 1), "Test case [1/4] failed: ")
    check(train_steps(*first, 13, None)[0], oracle(*first, 13), "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    weight, saved = train_steps(*first, 3, None)
    check(weight, oracle(*first, 3), "Test case [2/4] failed: ")
    weight, saved = train_steps(*first, 1, saved)
    check(weight, oracle(*first, 4), "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    weight, saved = train_steps(*first, 4, None)
    weight, saved = train_steps(*first, 7, saved)
    check(weight, oracle(*first, 11), "Test case [3/4] failed: ")
    check(train_steps(*first, 5, saved)[0], oracle(*first, 16), "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    saved_first, saved_second = train_steps(*first, 6, None)[1], train_steps(*second, 2, None)[1]
    check(train_steps(*first, 3, saved_first)[0], oracle(*first, 9), "Test case [4/4] failed: ")
    check(train_steps(*second, 6, saved_second)[0], oracle(*second, 8), "Test case [4/4] failed: ")
    check(train_steps(*first, 5, saved_first)[0], oracle(*first, 11), "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_train_steps()
