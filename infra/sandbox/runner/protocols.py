"""
Names by which libraries ask an object to speak for itself: `__array_interface__` gives numpy an address to read at, `__array_ufunc__`
and `__torch_function__` decide what a comparison comes to, by `_typ` pandas takes an object for one of its own. What
comes from a candidate is never asked in the grader's process, by attribute, key or label.
"""


def is_protocol(name: object) -> bool:
    """Whether an attribute of this name may speak for an object."""
    if not isinstance(name, str) or name.startswith("__sklearn_"):
        # What an estimator can do, and how another one is made: it is asked for its results all the same.
        return False
    return name == "_typ" or (name.startswith("__") and name.endswith("__"))
