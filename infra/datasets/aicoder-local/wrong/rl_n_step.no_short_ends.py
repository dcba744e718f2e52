from collections import deque


def n_step_transitions(steps, n, gamma):
    transitions = []
    window = deque(maxlen=n)
    for step in steps:
        window.append(step)
        if len(window) == n:
            total = sum(gamma**k * one[2] for k, one in enumerate(window))
            discount = 0.0 if step[4] else gamma**n
            transitions.append((window[0][0], window[0][1], total, step[3], discount))
        if step[4]:
            window.clear()
    return transitions
