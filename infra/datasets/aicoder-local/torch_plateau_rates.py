# domain: training
# level: 1
# checks: a learning rate that falls when the loss stands still: patience, the rate an epoch really uses, the floor
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def plateau_rates(losses: list[float], rate: float, factor: float, patience: int, min_rate: float) -> list[float]:
    """Learning rate that each epoch of a training run uses, if it is reduced when the validation loss stands still.

    `losses[e]` is the validation loss measured after epoch e; the first epoch uses `rate`. A loss is an improvement
    if it is lower than all before it, by however little (the first one always is). `patience` epochs in a row without
    an improvement change nothing; after one more without, the rate of the epochs that follow is multiplied by `factor`
    (but never set below `min_rate`), and the count of epochs without an improvement starts again at 0. An
    improvement sets the count to 0, too.

    Returns the rate of each epoch, as many as there are losses: the loss after an epoch changes only later rates.

    >>> plateau_rates([3.0, 2.0, 2.0, 2.0, 1.0], 1.0, 0.5, 1, 0.0)
    [1.0, 1.0, 1.0, 1.0, 0.5]
    """
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer, factor=factor, patience=patience, threshold=0.0, min_lr=min_rate, eps=0.0
    )
    rates = []
    for loss in losses:
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step(loss)
    return rates

# test_function_code --------------------

def test_plateau_rates():
    def check(losses, settings, expected, failed):
        found = [float(rate) for rate in plateau_rates(losses, *settings)]
        close = len(found) == len(expected) and all(abs(a - b) < 1e-12 for a, b in zip(found, expected))
        assert close, f"{failed}got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    losses = [5.0, 4.0, 4.0, 4.5, 4.0, 4.0, 4.0]
    check(losses, (0.1, 0.1, 2, 0.0), [0.1, 0.1, 0.1, 0.1, 0.1, 0.01, 0.01], "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    # An improvement, however small, starts the count again; a loss that is worse than the best is none.
    losses = [1.0, 1.1, 0.999999, 1.1, 1.0, 1.0, 0.9]
    check(losses, (1.0, 0.5, 1, 0.0), [1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5], "Test case [2/4] failed: ")
    losses = [1.0, 3.0, 2.0, 1.5, 1.2]
    check(losses, (1.0, 0.5, 1, 0.0), [1.0, 1.0, 1.0, 0.5, 0.5], "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    check([2.0] * 6, (0.8, 0.5, 0, 0.15), [0.8, 0.8, 0.4, 0.2, 0.15, 0.15], "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    check([-1.0, -2.0, -2.0, -3.0], (1.0, 0.1, 0, 0.0), [1.0, 1.0, 1.0, 0.1], "Test case [4/4] failed: ")
    check([7.0], (0.3, 0.1, 5, 0.0), [0.3], "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_plateau_rates()
