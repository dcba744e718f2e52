# domain: training
# level: 1
# checks: a moving average of a state dict leaves counters whole, its arguments alone, and decays the right side
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def update_average(
    average: dict[str, torch.Tensor], state: dict[str, torch.Tensor], decay: float, step: int
) -> dict[str, torch.Tensor]:
    """One update of the exponential moving average of a model's weights.

    `average` and `state` are state dicts with the same keys, shapes and types. For floating-point tensors the
    new average is d * average + (1 - d) * state, where d is the smaller of `decay` and
    (1 + step) / (10 + step). Tensors of any other type, such as a counter of batches, are taken from `state` as
    they are.

    Returns the new average, a dictionary with the same keys and types. Neither argument is changed.

    >>> new = update_average({"w": torch.tensor([1.0])}, {"w": torch.tensor([3.0])}, 0.5, 100)
    >>> new["w"].tolist()
    [2.0]
    """
    d = min(decay, (1 + step) / (10 + step))
    return {
        name: d * average[name] + (1 - d) * new if new.is_floating_point() else new.clone()
        for name, new in state.items()
    }

# test_function_code --------------------

def test_update_average():
    import torch

    def listed(tensors):
        return {name: tensor.tolist() for name, tensor in tensors.items()}

    def check(average, state, decay, step, expected, failed):
        before = listed(average), listed(state)
        found = update_average(average, state, decay, step)
        assert set(found) == set(expected), f"{failed}the keys are {sorted(found)}"
        for name, values in expected.items():
            kind = str(found[name].dtype)
            assert kind == str(state[name].dtype), f"{failed}{name} is of type {kind}"
            got = found[name].flatten().tolist()
            close = len(got) == len(values) and all(abs(a - b) < 1e-5 for a, b in zip(got, values))
            assert close, f"{failed}{name} is {got}, expected {values}"
        assert (listed(average), listed(state)) == before, f"{failed}an argument was changed"

    print("Testing started.")

    print("Testing case [1/3] started.")
    average = {"weight": torch.tensor([[10.0, -4.0]]), "bias": torch.tensor([1.0])}
    state = {"weight": torch.tensor([[0.0, 6.0]]), "bias": torch.tensor([2.0])}
    check(average, state, 0.9, 1000, {"weight": [9.0, -3.0], "bias": [1.1]}, "Test case [1/3] failed: ")

    print("Testing case [2/3] started.")
    check(average, state, 0.999, 0, {"weight": [1.0, 5.0], "bias": [1.9]}, "Test case [2/3] failed: ")
    check(average, state, 0.999, 8, {"weight": [5.0, 1.0], "bias": [1.5]}, "Test case [2/3] failed: ")

    print("Testing case [3/3] started.")
    average = {
        "norm.running_var": torch.tensor([4.0], dtype=torch.float64),
        "norm.num_batches_tracked": torch.tensor(7),
        "mask": torch.tensor([True, False]),
    }
    state = {
        "norm.running_var": torch.tensor([8.0], dtype=torch.float64),
        "norm.num_batches_tracked": torch.tensor(12),
        "mask": torch.tensor([False, False]),
    }
    expected = {"norm.running_var": [5.0], "norm.num_batches_tracked": [12], "mask": [False, False]}
    check(average, state, 0.75, 90, expected, "Test case [3/3] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_update_average()
