# domain: training
# level: 0
# checks: SGD with momentum keeps its velocity over the steps
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def momentum_steps(weight: float, gradients: list[float], learning_rate: float, momentum: float) -> list[float]:
    """A weight after each step of gradient descent with momentum.

    The velocity starts at 0. For each gradient in turn: velocity = momentum * velocity + gradient, and then
    weight = weight - learning_rate * velocity.

    Returns the weight after each of the steps, as many as there are gradients.

    >>> momentum_steps(1.0, [1.0, 1.0], 0.5, 0.0)
    [0.5, 0.0]
    """
    velocity = 0.0
    weights = []
    for gradient in gradients:
        velocity = momentum * velocity + gradient
        weight = weight - learning_rate * velocity
        weights.append(weight)
    return weights

# test_function_code --------------------

def test_momentum_steps():
    def check(weight, gradients, learning_rate, momentum, expected, case):
        found = momentum_steps(weight, gradients, learning_rate, momentum)
        close = len(found) == len(expected) and all(abs(a - b) < 1e-9 for a, b in zip(found, expected))
        assert close, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check(10.0, [2.0, -4.0], 0.5, 0.0, [9.0, 11.0], "[1/3]")

    print("Testing case [2/3] started.")
    check(0.0, [1.0, 1.0, 1.0], 1.0, 0.5, [-1.0, -2.5, -4.25], "[2/3]")

    print("Testing case [3/3] started.")
    check(1.0, [4.0, 0.0, 0.0], 0.25, 0.5, [0.0, -0.5, -0.75], "[3/3]")
    check(3.0, [], 0.1, 0.9, [], "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_momentum_steps()
