"""Makes the numbers that test/report/*.test.ts compares with: python make.py > numbers.json

scipy 1.17.1, statsmodels 0.15.0. What they do not have is written out here by its definition.
"""

import itertools
import json

import numpy
import scipy.stats as st
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
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


def sign_flip(values):
    sums = [sum(sign * value for sign, value in zip(signs, values)) for signs in itertools.product((1, -1), repeat=len(values))]
    return sum(abs(total) >= abs(sum(values)) - 1e-9 for total in sums) / len(sums)


def power(tasks, differing, difference):
    """Of McNemar's exact test, over every table that could be seen."""
    up, down = (differing + difference) / 2, (differing - difference) / 2
    total = 0.0
    for discordant in range(tasks + 1):
        k = numpy.arange(discordant + 1)
        found = numpy.array([min(1, 2 * st.binom.cdf(min(g, discordant - g), discordant, 0.5)) < 0.05 for g in k])
        chance = st.binom.pmf(k, discordant, up / (up + down))
        total += st.binom.pmf(discordant, tasks, up + down) * chance[found].sum()
    return total


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
        },
        indent=1,
    )
)
