"""Makes the numbers that test/report/*.test.ts compares with: python make.py > numbers.json

scipy 1.17.1, statsmodels 0.15.0. What they do not have is written out here by its definition.
"""

import functools
import itertools
import json

import numpy
import scipy.stats as st
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from scipy.optimize import brentq
from statsmodels.stats.proportion import proportion_confint

COUNTS = [(0, 1), (1, 1), (0, 20), (1, 20), (10, 20), (20, 20), (3, 50), (89, 164), (164, 164), (7, 500), (499, 500)]
TABLES = [(0, 0), (1, 0), (5, 0), (6, 0), (11, 2), (3, 3), (18, 0), (23, 1), (40, 61), (200, 150)]
PS = [[0.04], [0.01, 0.04, 0.03, 0.005], [0.2, 0.2, 0.001], [0.6, 0.7, 0.9], [0.0, 1.0, 0.049, 0.0499]]
DIFFERENCES = [
    {"samples": 1, "values": [1, 1, 1, 1, 1, 1, -1, 0, 0, 0]},
    {"samples": 4, "values": [0.25, 0.5, -0.25, 0, 0.75, 0.25, -0.5, 1, 0.25]},
    {"samples": 3, "values": [1 / 3, -1 / 3, 2 / 3, 0, 1 / 3, 1]},
    {"samples": 5, "values": [-0.2, -0.4, -0.2, -0.6, 0.2, -0.2, 0, -0.8]},
]
POWERS = [(12, 0.3, 0.3), (20, 0.3, 0.2), (50, 0.2, 0.12), (164, 0.12, 0.11), (164, 0.2, 0.06), (500, 0.3, 0.05), (500, 0.1, 0)]
SAMPLES = [(1, 0, 1), (1, 1, 1), (5, 0, 3), (5, 2, 1), (5, 2, 3), (5, 4, 2), (10, 3, 10), (200, 7, 100)]
# Shares of passes of each task, and how many samples each is of.
SHARES = [
    (5, [0.2, 0.4, 1, 0, 0.6, 0.8, 0.2, 1]),
    (2, [0.5, 1, 0, 0, 1]),
    (3, [0, 0, 0, 1 / 3, 0, 2 / 3, 0, 0, 0, 0, 0, 1]),
    (4, [1, 1, 1, 1, 0.75, 1, 1, 1, 1, 1]),
]
CHANGES = [(4, 0, 11), (0, 0, 20), (12, 1, 20), (40, 61, 500), (1, 1, 2), (20, 0, 20)]
NEEDS = [(0.2, 0.06), (0.12, 0.11), (0.5, 0.05), (0.08, -0.08)]
REACHES = [(12, 0.3), (20, 0.3), (50, 0.2), (164, 0.12)]
RERUNS = [(0, 30, 30), (1, 30, 90), (3, 164, 164), (20, 20, 40)]


def sign_flip(values):
    sums = [sum(sign * value for sign, value in zip(signs, values)) for signs in itertools.product((1, -1), repeat=len(values))]
    return sum(abs(total) >= abs(sum(values)) - 1e-9 for total in sums) / len(sums)


@functools.cache
def found(discordant):
    """Which tables with so many tasks that differ McNemar's exact test finds: by how many of them were gained."""
    k = numpy.arange(discordant + 1)
    return numpy.minimum(1, 2 * st.binom.cdf(numpy.minimum(k, discordant - k), discordant, 0.5)) < 0.05


def power(tasks, differing, difference):
    """Of McNemar's exact test, over every table that could be seen."""
    up, down = (differing + difference) / 2, (differing - difference) / 2
    total = 0.0
    for discordant in range(tasks + 1):
        chance = st.binom.pmf(numpy.arange(discordant + 1), discordant, up / (up + down))
        total += st.binom.pmf(discordant, tasks, up + down) * chance[found(discordant)].sum()
    return total


def clustered(shares):
    """
    Wilson's of statsmodels with as many trials as have this standard error, and Student's quantile (Dean and Pagano 2015); the
    variance with one task more, that of a whole pass or none.
    """
    n, mean = len(shares), numpy.mean(shares)
    other = (sum(shares) + 0.5) / (n + 1)
    variance = ((n - 1) * numpy.var(shares, ddof=1) + other * (1 - other)) / n
    trials = mean * (1 - mean) / (variance / n)
    alpha = 2 * st.norm.sf(st.t.ppf(0.975, len(shares) - 1))
    return interval(proportion_confint(mean * trials, trials, alpha=alpha, method="wilson"))


def agresti_min(gained, lost, n):
    """Wald's interval of the table with half a task more in each of its four cells (Agresti and Min 2005)."""
    up, down = (gained + 0.5) / (n + 2), (lost + 0.5) / (n + 2)
    half = st.norm.ppf(0.975) * numpy.sqrt((up + down - (up - down) ** 2) / (n + 2))
    return [max(-1, up - down - half), min(1, up - down + half)]


def sampling(samples, shares):
    """Half-widths: over tasks; over samples of the same tasks, whose variance each task's own samples estimate without bias."""
    z = st.norm.ppf(0.975)
    passes = [[1] * round(samples * share) + [0] * round(samples * (1 - share)) for share in shares]
    within = sum(numpy.var(each, ddof=1) / samples for each in passes) / len(shares) ** 2
    return [float(z * st.sem(shares)), float(z * numpy.sqrt(within))]


def reruns(disagreeing, pairs, cells):
    """Half-width of other runs: two of them disagree twice as often as one varies; at the upper end of that share."""
    high = st.binomtest(disagreeing, pairs).proportion_ci(method="exact").high
    return float(st.norm.ppf(0.975) * numpy.sqrt(high / 2 / cells))


def tasks_needed(variance, difference):
    """Connor 1987 for p < 0.05 in 4 of 5 experiments."""
    root = st.norm.ppf(0.975) * numpy.sqrt(variance) + st.norm.ppf(0.8) * numpy.sqrt(max(0, variance - difference**2))
    return int(numpy.ceil((root / difference) ** 2))


def smallest_difference(tasks, differing):
    return brentq(lambda d: power(tasks, max(differing, d), d) - 0.8, 0.001, 0.999, xtol=1e-7)


def interval(low_high):
    return [float(bound) for bound in low_high]


print(
    json.dumps(
        {
            "normal_cdf": [[z, st.norm.cdf(z)] for z in (-8.5, -3, -2.9, -1.96, -0.1, 0, 0.7, 2.5, 4, 7)],
            "normal_quantile": [[q, st.norm.ppf(q)] for q in (1e-6, 0.0159, 0.025, 0.5, 0.8, 0.975)],
            "t_quantile": [[q, n, st.t.ppf(q, n)] for q in (0.025, 0.975) for n in (1, 2, 19, 163, 499, 9999)],
            "beta_cdf": [[x, a, b, st.beta.cdf(x, a, b)] for x in (0.01, 0.3, 0.5, 0.97) for a in (0.5, 3, 250) for b in (1, 7.5, 300)],
            "binomial_cdf": [[k, n, p, st.binom.cdf(k, n, p)] for k, n, p in ((0, 5, 0.5), (3, 12, 0.5), (70, 200, 0.4), (499, 1000, 0.5))],
            "wilson": [[c, n, *interval(proportion_confint(c, n, method="wilson"))] for c, n in COUNTS],
            "clopper_pearson": [[c, n, *interval(st.binomtest(c, n).proportion_ci(method="exact"))] for c, n in COUNTS],
            "mcnemar": [[b, c, float(mcnemar([[10, b], [c, 10]], exact=True).pvalue)] for b, c in TABLES],
            "holm": [[ps, multipletests(ps, method="holm")[1].tolist()] for ps in PS],
            "sign_flip": [{**case, "p": sign_flip(case["values"])} for case in DIFFERENCES],
            "power": [[*case, power(*case)] for case in POWERS],
            "pass_at_k": [[n, c, k, float(st.hypergeom.sf(0, n, c, k))] for n, c, k in SAMPLES],
            "clustered": [{"shares": shares, "expected": clustered(shares)} for _, shares in SHARES],
            "agresti_min": [[*case, *agresti_min(*case)] for case in CHANGES],
            "sampling": [{"samples": n, "shares": shares, "expected": sampling(n, shares)} for n, shares in SHARES],
            "reruns": [[*case, reruns(*case)] for case in RERUNS],
            "tasks_needed": [[*case, tasks_needed(*case)] for case in NEEDS],
            "smallest_difference": [[*case, smallest_difference(*case)] for case in REACHES],
        },
        indent=1,
    )
)
