# domain: training
# level: 0
# checks: the epoch at which training stops for want of progress
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def stop_epoch(losses: list[float], patience: int) -> int:
    """The epoch after which early stopping ends a training.

    `losses` are the validation losses of the epochs 0, 1, 2, ... Training stops after the first epoch that makes it `patience` epochs in a row whose loss was not
    below the lowest loss before them. If that never happens, the result is the last epoch.

    >>> stop_epoch([1.0, 2.0, 3.0, 4.0], 2)
    2
    """
    best, waited = float("inf"), 0
    for epoch, loss in enumerate(losses):
        if loss < best:
            best, waited = loss, 0
        else:
            waited += 1
        if waited == patience:
            return epoch
    return len(losses) - 1

# test_function_code --------------------

def test_stop_epoch():
    def check(losses, patience, expected, case):
        found = stop_epoch(losses, patience)
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([3.0, 2.0, 2.5, 2.6, 2.7, 1.0], 3, 4, "[1/3]")

    print("Testing case [2/3] started.")
    check([5.0, 4.0, 3.0, 2.0], 2, 3, "[2/3]")

    print("Testing case [3/3] started.")
    check([1.0, 1.0, 1.0], 2, 2, "[3/3]")
    check([2.0, 3.0, 1.0, 3.0, 2.0, 0.5], 2, 4, "[3/3]")
    check([4.0, 5.0, 3.0], 1, 1, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_stop_epoch()
