def naive_forecast(series: list[float], period: int, steps: int) -> list[float]:
    return series[-period:][:steps]
