# domain: training

# requirements_file --------------------

requirements = []

# function_import --------------------

import math

# function_code --------------------

def warmup_schedule(step: int, peak: float, warmup: int, total: int) -> float:
    """Learning rate at a training step: linear warm-up, then cosine decay.

    - For step < warmup it is peak * (step + 1) / warmup.
    - For warmup <= step < total it is peak * 0.5 * (1 + cos(pi * progress)), where progress is
      (step - warmup) / (total - warmup).
    - For step >= total it is 0.0.

    >>> warmup_schedule(4, 1.0, 10, 100)
    0.5
    """
    if step < warmup:
        return peak * (step + 1) / warmup
    if step >= total:
        return 0.0
    progress = (step - warmup) / (total - warmup)
    return peak * 0.5 * (1 + math.cos(math.pi * progress))

# test_function_code --------------------

def test_warmup_schedule():
    def check(step, peak, warmup, total, expected, case):
        rate = warmup_schedule(step, peak, warmup, total)
        assert abs(rate - expected) < 1e-9, f"Test case {case} failed: step {step} gave {rate}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    for step, expected in enumerate([0.25, 0.5, 0.75, 1.0, 1.0]):
        check(step, 1.0, 4, 12, expected, "[1/3]")

    print("Testing case [2/3] started.")
    check(8, 0.002, 4, 12, 0.001, "[2/3]")
    check(6, 2.0, 4, 12, 1 + 0.5**0.5, "[2/3]")

    print("Testing case [3/3] started.")
    check(0, 0.5, 0, 10, 0.5, "[3/3]")
    check(10, 0.5, 0, 10, 0.0, "[3/3]")
    check(15, 0.5, 0, 10, 0.0, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_warmup_schedule()
