def n_step_transitions(steps, n, gamma):
    transitions = []
    for start in range(len(steps)):
        total, m = 0.0, 0
        for state, action, reward, next_state, terminal in steps[start : start + n]:
            total += gamma**m * reward
            m += 1
            if terminal:
                break
        discount = 0.0 if terminal else gamma**m
        transitions.append((steps[start][0], steps[start][1], total, next_state, discount))
    return transitions
