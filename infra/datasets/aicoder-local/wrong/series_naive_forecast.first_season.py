def naive_forecast(series: list[float], period: int, steps: int) -> list[float]:
    return [series[step % period] for step in range(steps)]
