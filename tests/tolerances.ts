/** Every tolerance of the project, named by the reason it exists. */

/** Two closed forms in float64. */
export const EXACT = 1e-12

/** Closed form against quadrature, smooth integrand. */
export const QUADRATURE = 1e-9

/** A mean of many independent draws, in its own standard errors: 6e-7 false alarms a line. */
export const FIVE_STANDARD_ERRORS = 5

/** Standard error, in log10, of 60 weight gradients beside their gradient and signal: five of it are under 1 %. */
export const WEIGHT_GRADIENT_RESOLUTION = 8e-4

/** Backward pass against five-point differences in float64, relative to the largest entry. */
export const CENTRAL_DIFFERENCES = 1e-6

/** A special function against 50 digits, relative: a few units in the last place. */
export const ROUNDED = 1e-15

/** digamma against 50 digits, absolute: it has a root. */
export const DIGAMMA = 4e-15

/** Decimals to which an identity that holds draw by draw is expected in float64. */
export const IDENTITY_PER_DRAW = 10

/** Growth rates measured at a few hundred units against their infinite-width value, relative. */
export const FINITE_WIDTH = 0.01

/** log10 drift of a network that is linear in disguise: rounding of a few hundred operations. */
export const LOOKS_LINEAR = 1e-10

/** exp(-c (1 + s)) and exp(c (s - 1)) with s = 2.2, above the norm of a 64 x 64 Gaussian matrix in every draw used. */
export function filterSpectrumBound(c: number, depth: number): readonly [number, number] {
  const [alpha, beta, s] = [1 - c / depth, c / depth, 2.2]
  return [(alpha - beta * s) ** depth, (alpha + beta * s) ** depth]
}

/** A derivative against five-point central differences with step 1e-3 in float64, relative. */
export const FIVE_POINT_DIFFERENCES = 1e-11

/** Mean of a whitened digit of two cells that are almost equally bright: measured 2.8e-12. */
export const WHITENING = 1e-11

/** One float32 operation or elementary function against float64, relative; four times the worst seen (2.5e-7). */
export const F32 = 1e-6

/** A float32 normal against its float64 twin, relative: ln, sqrt and sine together (2.3e-7 seen). */
export const F32_NORMAL = 1e-6

/** Entries of a float32 Haar matrix against float64, absolute (1.9e-7 seen at order 256). */
export const F32_HAAR = 1e-6

/** Quadrature of up to 400 oscillations: four times the 9e-13 met at sin(30 z)^2. */
export const OSCILLATION = 4e-12

/** Two nested adaptive rules against closed forms, relative to E|f| E|g| (at most 1 in the tests). */
export const BIVARIATE = 1e-9

/** Statistics of float32 against float64 on shallow networks: the contract's 1e-3 per hundred layers. */
export const ENGINES = 1e-3

/** log10 of singular values between engines: the contract's promise for each of them. */
export const ENGINES_SPECTRUM = 1e-2

/** E[phi1 phi2] from the table against nested quadrature, relative to E[phi^2], q up to 25 (6e-7 seen, softsign). */
export const PAIR_MOMENT = 1e-6

/** The same at q = 900, where bounded activations are nearly steps and 1 - c = 1e-3 is steep (9.3e-5 seen, tanh). */
export const NEAR_A_STEP = 4e-4

/** Sampling: how many standard errors a mean may lie off; a false alarm once in 1.7 million. */
export const STANDARD_ERRORS = 5

/** log10 singular values against 120-digit golden numbers given to 12 digits. */
export const GOLDEN_SPECTRUM = 1e-9

/** log10 singular values of a hundred orthogonal factors. */
export const EXACT_PRODUCT = 1e-12

/** log10 of a singular value against depth times its Lyapunov exponent, per sqrt(depth / degrees): five sigma. */
export const LYAPUNOV_SPREAD = 5 * 0.75 * Math.LOG10E * 2

/** Growth through batch norm at width 256, batch 192, depth 60, in nats a layer: finite width and seeds. */
export const BATCH_NORM_NATS = 0.012

/** A slope of the length map by five-point differences of interpolated moments, relative (1e-9 seen). */
export const LENGTH_MAP_SLOPE = 1e-8

/** Against a table printed to three digits. */
export const THREE_DIGITS = 6e-3

/** Rows, summaries and spectra of the reference engine recomputed in NumPy: four times the 1.2e-13 seen, with room for chaos. */
export const RECOMPUTED = 1e-11

/** ln det near the threshold of singularity: a smallest eigenvalue of 1e-13 is known to three digits (9.1e-5 seen). */
export const RECOMPUTED_GAP = 4e-4

/** The same of float32 engines: what agreement means, log10 per hundred layers and cosines (1.3e-6 seen). */
export const RECOMPUTED_FLOAT32 = 2e-3

/** log10 of singular values of float32 engines against many digits (2.8e-6 seen). */
export const RECOMPUTED_FLOAT32_SPECTRUM = 1e-2

/** A backward pass in NumPy against central differences of step 1e-5 (2.9e-7 seen). */
export const NUMPY_DIFFERENCES = 2e-6

/** log10 of gradient norms against float32 automatic differentiation of six layers. */
export const AUTODIFF = 1e-4

/** An exported Python script against the reference engine: 1.7e-5 seen, in the isometry gap of nearly singular Gram matrices. */
export const SCRIPT = 1e-4

/** Derivatives by ln q of interpolated moments against five-point differences (2e-9 seen). */
export const RATE_OF_MOMENT = 1e-8

/** Digits to which a fitted line goes through a line: float64 sums over 80 entries. */
export const FIT = 12

/** Statistics of a network and of the same one read from a file: powers of two may stand elsewhere in float32. */
export const GIVEN_SAME = 1e-6

/** Coordinates of clouds of points of size 1 after turning them onto each other in float32. */
export const ALIGNED = 1e-5

/** Statistics of the WebGPU engine against the reference on shallow networks: log10 and cosines, else relative. */
export const WEBGPU = 1e-4

/** Against a table printed to four digits after the point. */
export const FOUR_DIGITS = 2e-4

/** Growth with batch normalization of finite batches, measured on single wide networks: four digits, .5 % spread. */
export const BATCH_GROWTH_TABLE = 6e-3

/** Gradients through many filtered layers, measured to two digits. */
export const FILTER_TABLE = 0.03

/** ln of a slope by the first terms of its asymptotic series, 25 units out (gelu: 1.2e-8 left off). */
export const TAIL = 5e-8

/** log10 of singular values of one Gaussian network of width 256 against quantiles of the limit law: rank by rank. */
export const SPECTRUM_OF_ONE_DRAW = 0.02

/** Drift a layer of the log10 rms of one sample, ReLU with Gaussian weights, times the width: Hanin's 5 / 2 nats of the square. */
export const WALK_PER_LAYER = (5 / 4) * Math.LOG10E

/**
 * log10 rms that a gradient gains by the scatter of a batch's Gram matrix, times the width: 4 nats of the square a sample,
 * 12 a layer at most (seen: 3.9 and 12, nearly linear activations, batches of 16 and 32, widths 128, 512 and 1024).
 */
export const GRAM_SCATTER = 2 * Math.LOG10E
export const GRAM_SCATTER_PER_LAYER = 6 * Math.LOG10E

/** What the scatter of pairs about their mean adds to 1 - c, to spread and to diversity, relative, times the width (0.8 seen). */
export const PAIR_CURVATURE = 2

/** Rows of float32 networks of 24 layers that agree exactly but for rounding (1.6e-6 seen). */
export const FLOAT32_ROW = 1e-6

/** What a gradient's overlap with the signal, 1 / n of it, makes of a layer's factor at width 1024. */
export const COHERENT_SHARE = 6e-3

/** Growth at a batch of 1024 against its limit, relative: a few times 1 / 1024. */
export const LARGE_BATCH = 4e-3

/** Growth of orthogonal linear networks between full rank and far below it: what is left out there, nats a layer. */
export const RANK_TABLE_NATS = 4e-3

/** Against a table printed to three decimals. */
export const THREE_DECIMALS = 6e-4

/** Interpolated E[phi'^4] / E[phi'^2]^2, relative: the table's knots are .02 apart in ln q. */
export const SLOPE_SPREAD = 2e-4

/** ln of the mean squared singular value, and of 1 + relative variance, of one network of width 512 after six layers. */
export const JACOBIAN_MEAN = 0.25
export const JACOBIAN_SPREAD = 0.25

/** log10 of each singular value of one filtered network of width 64 against the limit law. */
export const FILTERED_SPECTRUM = 0.03

/** A maximum printed to five digits, and found on a grid. */
export const SEARCHED_MAXIMUM = 1e-4

/** log10 of singular values of one network of width 128 and 8 layers, on average over the ranks. */
export const UNIVERSAL_SPECTRUM = 0.1

/** Sign diversity from its table, absolute. */
export const SIGN_TABLE = 1e-6

/** Sign diversity of samples that repel each other, by a normal on a lattice, absolute. */
export const REPELLED_SIGNS = 2e-3

/** ln of the variance of a walk of depth / width = 1: what its first order leaves out (1.9 seen for ReLU at 1 / 8). */
export const SECOND_ORDER_WALK = 2

/** Variance of lengths by linearization, as a factor, mean over layers (1.8 seen: softplus); 4 seen with mirrored weights. */
export const LENGTH_FLUCTUATION = 2.2
export const MIRRORED_FLUCTUATION = 5

/** Median isometry gap of 16 draws of 16 samples in 64 dimensions: a draw spreads by .02. */
export const ISOMETRY_OF_DRAWS = 0.02

/** Median isometry gap of four networks of width 100 on their way to isometry; a network spreads by .03. */
export const ISOMETRY_FLOW = 0.05

/** The same of one network of width 48, from its own start (.05 seen). */
export const ISOMETRY_FLOW_OF_ONE = 0.08

/** Rate of the isometry gap where it is small, relative: n / (n + 2) is its first order. */
export const ISOMETRY_RATE = 0.01

/** Growth through batch norm extrapolated from batches of 512 and 1024 to large ones: what is left is of order 1 / batch^2. */
export const BATCH_LIMIT = 1e-4

/** Growth of a wide layer against a trajectory of width 128, which drifts by multiples of 1 / width a layer, relative. */
export const WIDTH_DRIFT = 0.02

/** Shares of a law followed in steps of .02 a factor: half a step and the smoothing. */
export const FREE_PRODUCT = 0.02

/** Second moments of slopes on 80 nodes, relative. */
export const SLOPE_LAW = 1e-3

/** log10 of singular values of one network of width 256, on average over the ranks, by sqrt(layers). */
export const SPECTRUM_OF_LAYERS = 0.1

/** The same for kinks off zero, which the law of a batch integrates across (9e-4 seen, hard_tanh). */
export const KINKED_BATCH = 2e-3

/** log10 of singular values from the eigenvalues of a well-conditioned Gram matrix in float64. */
export const FLOAT64_SPECTRUM = 1e-10

/** Mean cosines and log10 rms along 30 layers of four networks of width 256, against their maps (.065 and .052 seen). */
export const WALK_OF_COSINES = 0.1
export const WALK_OF_SIZES = 0.1

/** Mean square of 512 quantiles of the quarter circle: what the sum leaves out of its integral (1.2e-5 seen). */
export const QUARTER_CIRCLE_MEAN_SQUARE = 1e-4

/** log10 of the 240 largest of 256 singular values of one W against the quarter circle (.023 seen). */
export const WEIGHT_SPECTRUM_OF_ONE_DRAW = 0.05

/** log10 of singular values of one matrix, ours and LAPACK's, where none is smaller than a thousandth of the largest. */
export const NUMPY_SINGULAR_VALUES = 1e-10

/** Statistics followed in leaps, of 1 or of the value where that is larger; most are nearer by ten and a hundred. */
export const LEAPS_UP = 1e-7
export const LEAPS_DOWN = 1e-6

/** Laws without approximation, over a thousand layers in float64 (1e-14 seen). */
export const EXACT_LAW = 1e-10

/**
 * Squares at widths 4 to 64 and depths 100 to 800, in nats: what every one may be off by, what second order leaves out of a layer
 * (times the square of the width), what batch normalization adds to that (times the width: 1.1 seen), and as a share of the row.
 */
export const NARROW_OFFSET = 2
export const NARROW_SECOND_ORDER = 3
export const NARROW_BATCH = 1.2
export const NARROW_SHARE = 5e-3

/** Mean cosines of networks 4 to 64 wide: the largest error of one (.66 seen), and on average over networks. */
export const NARROW_COSINE = 0.8
export const NARROW_COSINES = 0.1

/** Nats by which the median of the square of a spread at width 48, of 60 networks, may be off (.34 seen). */
export const DISTANCE_DRIFT = 0.5

/** Moments of units at 100 nodes, between knots .1 apart in ln q: corrections of order 1 / n need no more. */
export const UNIT_MOMENTS = 3e-3

/** The same for ReLU and three networks of width 64 and depth 100; without what survivingVolumes adds it is 1 or more. */
export const SURVIVING_SPECTRUM = 0.5
