def stop_epoch(losses: list[float], patience: int) -> int:
    best, waited = float("inf"), 0
    for epoch, loss in enumerate(losses):
        if loss < best:
            best = loss
        else:
            waited += 1
        if waited == patience:
            return epoch
    return len(losses) - 1
