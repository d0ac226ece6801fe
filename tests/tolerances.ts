/** Every tolerance of the project, named by the reason it exists. */

/** Two closed forms in float64. */
export const EXACT = 1e-12

/** Closed form against quadrature, smooth integrand. */
export const QUADRATURE = 1e-9

/** A mean of many independent draws, in its own standard errors: 6e-7 false alarms a line. */
export const FIVE_STANDARD_ERRORS = 5
