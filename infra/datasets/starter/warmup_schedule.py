# domain: training

# requirements_file --------------------

requirements = []

# function_import --------------------

import math

# function_code --------------------

def warmup_schedule(step: int, peak: float, warmup: int, total: int) -> float:
    """Learning rate at a training step: linear warm-up, then cosine decay to zero.

    - For step < warmup the rate is peak * (step + 1) / warmup.
    - For warmup <= step < total it is peak * 0.5 * (1 + cos(pi * progress)), where progress is
      (step - warmup) / (total - warmup).
    - For step >= total it is 0.0.

    Args:
        step: number of the step, from 0.
        peak: highest learning rate.
        warmup: number of warm-up steps, 0 or more; smaller than `total`.
        total: number of all steps.

    Returns:
        The learning rate, rounded to 6 decimals.

    >>> warmup_schedule(0, 0.1, 10, 100)
    0.01
    >>> warmup_schedule(55, 0.1, 10, 100)
    0.05
    """
    if step < warmup:
        return round(peak * (step + 1) / warmup, 6)
    if step >= total:
        return 0.0
    progress = (step - warmup) / (total - warmup)
    return round(peak * 0.5 * (1 + math.cos(math.pi * progress)), 6)

# test_function_code --------------------

def test_warmup_schedule():
    print("Testing started.")

    print("Testing case [1/3] started.")
    rates = [warmup_schedule(step, 1.0, 4, 12) for step in range(5)]
    assert rates == [0.25, 0.5, 0.75, 1.0, 1.0], f"Test case [1/3] failed: got {rates}"

    print("Testing case [2/3] started.")
    rates = [warmup_schedule(step, 0.002, 4, 12) for step in (6, 8, 10, 11)]
    assert rates == [0.001707, 0.001, 0.000293, 0.000076], f"Test case [2/3] failed: got {rates}"

    print("Testing case [3/3] started.")
    rates = [warmup_schedule(step, 0.5, 0, 10) for step in (0, 5, 10, 99)]
    assert rates == [0.5, 0.25, 0.0, 0.0], f"Test case [3/3] failed: got {rates}"

    print("Testing finished.")

# call_test_function_line --------------------

test_warmup_schedule()
