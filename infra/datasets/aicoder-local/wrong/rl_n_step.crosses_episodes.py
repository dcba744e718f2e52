def n_step_transitions(steps, n, gamma):
    transitions = []
    for start in range(len(steps) - n + 1):
        window = steps[start : start + n]
        total = sum(gamma**k * step[2] for k, step in enumerate(window))
        last = window[-1]
        transitions.append((window[0][0], window[0][1], total, last[3], 0.0 if last[4] else gamma**n))
    return transitions
