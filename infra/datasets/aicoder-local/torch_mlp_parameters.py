# domain: training
# level: 0
# checks: the number of parameters of a fully connected network, with and without biases
# environment: base
# grading: isolated

# requirements_file --------------------

requirements = []

# function_import --------------------

# function_code --------------------

def count_parameters(sizes: list[int], bias: bool) -> int:
    """Number of parameters of a fully connected network.

    `sizes` are the widths of its layers from the input to the output, two or more. Between each two neighbours stands a linear layer with a
    weight for each pair of units and, if `bias` is true, a bias for each unit of its output.

    >>> count_parameters([2, 3], True)
    9
    """
    return sum(a * b + (b if bias else 0) for a, b in zip(sizes, sizes[1:]))

# test_function_code --------------------

def test_count_parameters():
    def check(sizes, bias, expected, case):
        found = count_parameters(sizes, bias)
        assert found == expected, f"Test case {case} failed: got {found}, expected {expected}"

    print("Testing started.")

    print("Testing case [1/3] started.")
    check([4, 5], False, 20, "[1/3]")

    print("Testing case [2/3] started.")
    check([3, 7, 2], True, 44, "[2/3]")

    print("Testing case [3/3] started.")
    check([10, 8, 6, 1], True, 149, "[3/3]")
    check([10, 8, 6, 1], False, 134, "[3/3]")

    print("Testing finished.")

# call_test_function_line --------------------

test_count_parameters()
