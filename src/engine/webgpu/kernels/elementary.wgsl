// Elementary functions to a few units in the last place of f32; WGSL promises far less of its own
// (its tanh is off by 1e-2 at 1e-6, its exp by 1e-5 at -80). Polynomials of exp, log, sin, cos and
// atan are those of the Cephes library 2.2 (single precision), those of erf fdlibm's s_erff.c.

const LN2_HIGH : f32 = 0.693359375;
const LN2_LOW : f32 = -2.12194440e-4;

// x * 2^k for |k| <= 252, through two factors so that neither leaves the range.
fn times_power_of_two(x : f32, k : i32) -> f32 {
  let half_k = k / 2;
  return x * power_of_two(half_k) * power_of_two(k - half_k);
}

// (e^r - 1 - r) / r^2 for |r| <= 0.35
fn exp_tail(r : f32) -> f32 {
  var p = 1.9875691500e-4;
  p = p * r + 1.3981999507e-3;
  p = p * r + 8.3334519073e-3;
  p = p * r + 4.1665795894e-2;
  p = p * r + 1.6666665459e-1;
  return p * r + 5.0000001201e-1;
}

fn accurate_exp(x : f32) -> f32 {
  let bounded = clamp(x, -120.0, 88.0);
  let k = floor(bounded * 1.44269504088896341 + 0.5);
  let r = bounded - k * LN2_HIGH - k * LN2_LOW;
  return times_power_of_two(exp_tail(r) * r * r + r + 1.0, i32(k));
}

// e^x - 1 with full relative accuracy near zero.
fn accurate_expm1(x : f32) -> f32 {
  if (abs(x) < 0.35) { return exp_tail(x) * x * x + x; }
  return accurate_exp(x) - 1.0;
}

// ln x for a positive normal number.
fn accurate_log(x : f32) -> f32 {
  var k = exponent_of(x);
  var f = bitcast<f32>((bitcast<u32>(x) & 0x007fffffu) | 0x3f800000u);
  if (f > 1.41421356) {
    f = 0.5 * f;
    k = k + 1;
  }
  f = f - 1.0;
  var p = 7.0376836292e-2;
  p = p * f - 1.1514610310e-1;
  p = p * f + 1.1676998740e-1;
  p = p * f - 1.2420140846e-1;
  p = p * f + 1.4249322787e-1;
  p = p * f - 1.6668057665e-1;
  p = p * f + 2.0000714765e-1;
  p = p * f - 2.4999993993e-1;
  p = p * f + 3.3333331174e-1;
  let e = f32(k);
  return (p * f * f * f + e * LN2_LOW - 0.5 * f * f) + f + e * LN2_HIGH;
}

// ln(1 + y) for 0 <= y <= 1, as 2 atanh(y / (2 + y)): full relative accuracy near zero.
fn accurate_log1p(y : f32) -> f32 {
  let s = y / (2.0 + y);
  let w = s * s;
  var p = 1.0 / 17.0;
  p = p * w + 1.0 / 15.0;
  p = p * w + 1.0 / 13.0;
  p = p * w + 1.0 / 11.0;
  p = p * w + 1.0 / 9.0;
  p = p * w + 1.0 / 7.0;
  p = p * w + 1.0 / 5.0;
  p = p * w + 1.0 / 3.0;
  return 2.0 * s * (p * w + 1.0);
}

// sin r for |r| <= pi / 4
fn sine_core(r : f32) -> f32 {
  let w = r * r;
  return ((-1.9515295891e-4 * w + 8.3321608736e-3) * w - 1.6666654611e-1) * w * r + r;
}

// cos r for |r| <= pi / 4
fn cosine_core(r : f32) -> f32 {
  let w = r * r;
  return ((2.443315711809948e-5 * w - 1.388731625493765e-3) * w + 4.166664568298827e-2) * w * w
    - 0.5 * w + 1.0;
}

// (cos, sin) of r + quarter * pi / 2
fn turned(r : f32, quarter : i32) -> vec2<f32> {
  let c = cosine_core(r);
  let s = sine_core(r);
  switch (quarter & 3) {
    case 0: { return vec2<f32>(c, s); }
    case 1: { return vec2<f32>(-s, c); }
    case 2: { return vec2<f32>(-c, -s); }
    default: { return vec2<f32>(s, -c); }
  }
}

// (cos, sin) of x; absolute error near 1e-7 up to |x| = 1e4, bounded by one beyond.
fn cosine_sine(x : f32) -> vec2<f32> {
  let k = floor(x * 0.636619772367581343 + 0.5);
  let r = x - k * 1.5703125 - k * 4.837512969970703125e-4 - k * 7.54978995489188216e-8;
  return turned(clamp(r, -0.8, 0.8), i32(k));
}

// (cos, sin) of 2 pi v for 0 < v < 1; the reduction is exact.
fn cosine_sine_of_turn(v : f32) -> vec2<f32> {
  let quarter = floor(4.0 * v + 0.5);
  return turned((v - 0.25 * quarter) * 6.28318530717958648, i32(quarter));
}

// arctan x
fn accurate_atan(x : f32) -> f32 {
  let size = abs(x);
  var base = 0.0;
  var u = size;
  if (size > 2.41421356) {
    base = 1.57079632679489662;
    u = -1.0 / size;
  } else if (size > 0.414213562) {
    base = 0.785398163397448310;
    u = (size - 1.0) / (size + 1.0);
  }
  let w = u * u;
  let p = ((8.05374449538e-2 * w - 1.38776856032e-1) * w + 1.99777106478e-1) * w - 3.33329491539e-1;
  return sign(x) * (base + (p * w * u + u));
}

// erf x = x + x R(x^2) for |x| < 0.84375
fn erf_near_zero(x : f32) -> f32 {
  let w = x * x;
  let p = (((-2.3763017452e-5 * w - 5.7702702470e-3) * w - 2.8481749818e-2) * w - 3.2504209876e-1) * w
    + 1.2837916613e-1;
  let q = ((((-3.9602282413e-6 * w + 1.3249473704e-4) * w + 5.0813062117e-3) * w + 6.5022252500e-2) * w
    + 3.9791721106e-1) * w + 1.0;
  return x + x * (p / q);
}

// erf x - erf 1 for 0.84375 <= x < 1.25, from s = x - 1
fn erf_near_one(s : f32) -> f32 {
  let p = (((((-2.1663755178e-3 * s + 3.5478305072e-2) * s - 1.1089469492e-1) * s + 3.1834661961e-1) * s
    - 3.7220788002e-1) * s + 4.1485610604e-1) * s - 2.3621185683e-3;
  let q = (((((1.1984500103e-2 * s + 1.3637083583e-2) * s + 1.2617121637e-1) * s + 7.1828655899e-2) * s
    + 5.4039794207e-1) * s + 1.0642088205e-1) * s + 1.0;
  return p / q;
}

// ln(erfc(x) x e^(x^2)) + 0.5625 for x >= 1.25, from w = 1 / x^2
fn erfc_tail(w : f32) -> f32 {
  if (w > 0.1225) {
    let p = ((((((-9.8143291473 * w - 8.1287437439e1) * w - 1.8460508728e2) * w - 1.6239666748e2) * w
      - 6.2375331879e1) * w - 1.0558626175e1) * w - 6.9385856390e-1) * w - 9.8649440333e-3;
    let q = (((((((-6.0424413532e-2 * w + 6.5702495575) * w + 1.0863500214e2) * w + 4.2900814819e2) * w
      + 6.4538726807e2) * w + 4.3456588745e2) * w + 1.3765776062e2) * w + 1.9651271820e1) * w + 1.0;
    return p / q;
  }
  let p = (((((-4.8351919556e2 * w - 1.0250950928e3) * w - 6.3756646729e2) * w - 1.6063638306e2) * w
    - 1.7757955551e1) * w - 7.9928326607e-1) * w - 9.8649431020e-3;
  let q = ((((((-2.2440952301e1 * w + 4.7452853394e2) * w + 2.5530502930e3) * w + 3.1998581543e3) * w
    + 1.5367296143e3) * w + 3.2579251099e2) * w + 3.0338060379e1) * w + 1.0;
  return p / q;
}

// e^(-c x^2) for c = 1/2 or 1: the square of the head is exact, so that the large part is not rounded.
fn bell(x : f32, c : f32) -> f32 {
  let head = bitcast<f32>(bitcast<u32>(x) & 0xfffff000u);
  return accurate_exp(-c * head * head) * accurate_exp(-c * (x - head) * (x + head));
}

fn accurate_erf(x : f32) -> f32 {
  let size = abs(x);
  if (size < 0.84375) { return erf_near_zero(x); }
  if (size < 1.25) { return sign(x) * (0.845062911510467529 + erf_near_one(size - 1.0)); }
  if (size > 4.0) { return sign(x); }
  let tail = accurate_exp(-size * size - 0.5625 + erfc_tail(1.0 / (size * size))) / size;
  return sign(x) * (1.0 - tail);
}

// P(z < x) for z ~ N(0, 1), with full relative accuracy in the left tail.
fn normal_cdf(x : f32) -> f32 {
  let s = abs(x) * 0.707106781186547524;
  if (s < 0.84375) { return 0.5 + 0.5 * erf_near_zero(x * 0.707106781186547524); }
  var tail = 0.5 * (1.0 - 0.845062911510467529 - erf_near_one(s - 1.0));
  if (s >= 1.25) {
    // Beyond 14 the tail is under the smallest normal number.
    let bounded = min(s, 10.0);
    let fit = accurate_exp(-0.5625 + erfc_tail(1.0 / (bounded * bounded)));
    tail = 0.5 * bell(min(abs(x), 14.5), 0.5) * fit / s;
  }
  return select(1.0 - tail, tail, x < 0.0);
}

// e^(-x^2 / 2) / sqrt(2 pi)
fn normal_pdf(x : f32) -> f32 {
  return 0.398942280401432678 * bell(min(abs(x), 14.5), 0.5);
}

fn accurate_tanh(x : f32) -> f32 {
  let e = accurate_expm1(2.0 * min(abs(x), 10.0));
  return sign(x) * (e / (e + 2.0));
}

// 1 - tanh(x)^2 without cancellation in the tails.
fn sech_squared(x : f32) -> f32 {
  let e = accurate_exp(-2.0 * min(abs(x), 50.0));
  return 4.0 * e / ((1.0 + e) * (1.0 + e));
}

fn sigmoid(x : f32) -> f32 {
  let e = accurate_exp(-abs(x));
  return select(e, 1.0, x >= 0.0) / (1.0 + e);
}

fn softplus(x : f32) -> f32 {
  return max(x, 0.0) + accurate_log1p(accurate_exp(-abs(x)));
}

// tanh(softplus(x)) and 1 minus its square, from e^-|x|.
fn mish_gate(x : f32) -> vec2<f32> {
  let e = accurate_exp(-abs(x));
  if (x > 0.0) {
    let d = 1.0 + 2.0 * e + 2.0 * e * e;
    let r = 2.0 * e * (1.0 + e) / d;
    return vec2<f32>((1.0 + 2.0 * e) / d, r * r);
  }
  let q = e * (e + 2.0);
  let r = 2.0 * (1.0 + e) / (q + 2.0);
  return vec2<f32>(q / (q + 2.0), r * r);
}
