/** Lanczos' coefficients for g = 7, n = 9 (Godfrey 2001): ln Gamma to about 1e-15. */
const LANCZOS = [
  0.999_999_999_999_809_9, 676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_1,
  -176.615_029_162_140_6, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6,
  1.505_632_735_149_311_6e-7,
];
/** Continued fractions stop where a step changes nothing that a double can hold. */
const EPSILON = 1e-16;
const TINY = 1e-300;

/** Natural logarithm of the gamma function; x > 0. */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const at = x - 1;
  const series = LANCZOS.reduce((total, weight, index) => total + (index === 0 ? weight : weight / (at + index)), 0);
  const shifted = at + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(shifted) - shifted + Math.log(series);
}

/**
 * Regularised incomplete beta function I_x(a, b), that is the beta distribution's P(X <= x); a, b > 0. By its continued
 * fraction (DLMF 8.17.22) with Lentz's method.
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast only on the near side of the mean.
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a);
  const front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(front) * betaFraction(x, a, b)) / a;
}

function betaFraction(x: number, a: number, b: number): number {
  const apart = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1));
  let product = d;
  for (let m = 1; m < 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let change = 1;
    for (const term of [even, odd]) {
      d = 1 / apart(1 + term * d);
      c = apart(1 + term / c);
      change = c * d;
      product *= change;
    }
    if (Math.abs(change - 1) < EPSILON * 10) break;
  }
  return product;
}

/** P(X <= k) of a binomial distribution with n trials of chance p. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : betaCdf(1 - p, n - k, k + 1);
}

/** P(X = k) of a binomial distribution with n trials of chance p. */
export function binomialPmf(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0;
  if (p <= 0 || p >= 1) return Number(k === (p <= 0 ? 0 : n));
  const ways = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return Math.exp(ways + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** P(X <= t) of Student's distribution. */
function tCdf(t: number, degrees: number): number {
  const tail = betaCdf(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  return t < 0 ? tail : 1 - tail;
}

/** P(X <= z) of the standard normal distribution, by the series of the error function or, far out, its continued fraction. */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const tail = x < 2 ? (1 - errorSeries(x)) / 2 : errorFraction(x) / 2;
  return z < 0 ? tail : 1 - tail;
}

/** erf(x) (DLMF 7.6.2). */
function errorSeries(x: number): number {
  let term = x;
  let total = x;
  for (let n = 1; Math.abs(term) > EPSILON * Math.abs(total); n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    total += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
}

/** erfc(x) for x of 2 and more (DLMF 7.9.1), from its far end. */
function errorFraction(x: number): number {
  let fraction = x;
  for (let n = 120; n >= 1; n -= 1) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (fraction * Math.sqrt(Math.PI));
}

/** The z below which a share q of the standard normal distribution lies; 0 < q < 1. */
export function normalQuantile(q: number): number {
  return invert(normalCdf, q, -40, 40);
}

/** The same of Student's distribution. */
export function tQuantile(q: number, degrees: number): number {
  return invert((t) => tCdf(t, degrees), q, -1e3, 1e3);
}

/** The same of the beta distribution. */
export function betaQuantile(q: number, a: number, b: number): number {
  return invert((x) => betaCdf(x, a, b), q, 0, 1);
}

/** Where a growing function reaches `goal`, by halving until doubles can't be halved further. */
export function invert(grow: (x: number) => number, goal: number, low: number, high: number): number {
  let [below, above] = [low, high];
  for (let step = 0; step < 200; step += 1) {
    const middle = (below + above) / 2;
    if (middle === below || middle === above) break;
    if (grow(middle) < goal) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}
