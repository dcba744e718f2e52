# domain: training
# level: 3
# checks: float16 gradients are unscaled in float32, a step with inf or NaN is skipped as a whole, the scale follows
# environment: ml
# grading: isolated

# requirements_file --------------------

requirements = ["torch"]

# function_import --------------------

import torch

# function_code --------------------

def scaled_step(
    parameters: list[torch.Tensor], gradients: list[torch.Tensor], scaler: dict[str, float], learning_rate: float
) -> tuple[list[torch.Tensor], dict[str, float]]:
    """One SGD step of mixed-precision training with dynamic loss scaling.

    `parameters` are float32 tensors, `gradients` float16 tensors of the same shapes: gradients of the loss
    times scaler["scale"]. The state `scaler` has the keys "scale", "good_steps" and "growth_interval".

    If any element of any gradient is infinite or NaN, the whole step is skipped: all parameters stay as they
    are, "scale" is halved and "good_steps" becomes 0. Otherwise each parameter becomes
    parameter - learning_rate * gradient / scale, calculated in float32, and "good_steps" grows by 1; if it has
    then reached "growth_interval", "scale" is doubled and "good_steps" becomes 0.

    Returns the parameters after the step (float32, in order) and the new state, with the same three keys.
    The arguments are not changed.

    >>> state = {"scale": 4.0, "good_steps": 0, "growth_interval": 9}
    >>> half = torch.tensor([8.0], dtype=torch.float16)
    >>> scaled_step([torch.tensor([1.0])], [half], state, 0.25)[0][0].tolist()
    [0.5]
    """
    state = dict(scaler)
    if not all(torch.isfinite(gradient).all() for gradient in gradients):
        return [parameter.clone() for parameter in parameters], {**state, "scale": state["scale"] / 2, "good_steps": 0}
    updated = [p - learning_rate * (g.float() / state["scale"]) for p, g in zip(parameters, gradients)]
    state["good_steps"] += 1
    if state["good_steps"] >= state["growth_interval"]:
        state["scale"] *= 2
        state["good_steps"] = 0
    return updated, state

# test_function_code --------------------

def test_scaled_step():
    import torch

    def step(values, gradients, scaler, learning_rate, failed):
        parameters = [torch.tensor(value, dtype=torch.float32) for value in values]
        before = [parameter.tolist() for parameter in parameters]
        state = dict(scaler)
        halves = [torch.tensor(gradient, dtype=torch.float16) for gradient in gradients]
        updated, new = scaled_step(parameters, halves, state, learning_rate)
        untouched = [parameter.tolist() for parameter in parameters] == before and state == scaler
        assert untouched, f"{failed}an argument was changed"
        kinds = {str(parameter.dtype) for parameter in updated}
        assert kinds == {"torch.float32"}, f"{failed}the parameters are of type {kinds}"
        return [parameter.tolist() for parameter in updated], new

    def check(values, gradients, scaler, learning_rate, expected, new, failed):
        updated, state = step(values, gradients, scaler, learning_rate, failed)
        close = len(updated) == len(expected) and all(
            len(row) == len(wanted) and all(abs(a - b) <= 1e-6 * max(1.0, abs(b)) for a, b in zip(row, wanted))
            for row, wanted in zip(updated, expected)
        )
        assert close, f"{failed}the parameters are {updated}, expected {expected}"
        assert state == new, f"{failed}the state is {state}, expected {new}"

    print("Testing started.")

    print("Testing case [1/4] started.")
    state = {"scale": 4.0, "good_steps": 0, "growth_interval": 3}
    new = {**state, "good_steps": 1}
    check([[1.0, 2.0], [3.0]], [[8.0, -4.0], [2.0]], state, 0.5, [[0.0, 2.5], [2.75]], new, "Test case [1/4] failed: ")

    print("Testing case [2/4] started.")
    state = {"scale": 65536.0, "good_steps": 3, "growth_interval": 100}
    # 2^-9 / 2^16 is 2^-25, which float16 can't hold.
    gradients, expected = [[2.0**-9, -(2.0**-10)]], [[-(2.0**-5), 2.0**-6]]
    check([[0.0, 0.0]], gradients, state, 2.0**20, expected, {**state, "good_steps": 4}, "Test case [2/4] failed: ")

    print("Testing case [3/4] started.")
    state = {"scale": 8.0, "good_steps": 2, "growth_interval": 3}
    skipped = {"scale": 4.0, "good_steps": 0, "growth_interval": 3}
    check([[1.0], [5.0]], [[8.0], [float("inf")]], state, 1.0, [[1.0], [5.0]], skipped, "Test case [3/4] failed: ")
    gradients = [[float("nan"), 8.0], [8.0]]
    check([[1.0, 2.0], [5.0]], gradients, state, 1.0, [[1.0, 2.0], [5.0]], skipped, "Test case [3/4] failed: ")
    check([[1.0]], [[-float("inf")]], state, 1.0, [[1.0]], skipped, "Test case [3/4] failed: ")

    print("Testing case [4/4] started.")
    state = {"scale": 2.0, "good_steps": 1, "growth_interval": 2}
    grown = {"scale": 4.0, "good_steps": 0, "growth_interval": 2}
    check([[1.0]], [[4.0]], state, 0.25, [[0.5]], grown, "Test case [4/4] failed: ")
    check([[1.0]], [[4.0]], grown, 0.25, [[0.75]], {**grown, "good_steps": 1}, "Test case [4/4] failed: ")

    print("Testing finished.")

# call_test_function_line --------------------

test_scaled_step()
