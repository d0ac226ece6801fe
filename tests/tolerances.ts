/** Every tolerance of the project, named by the reason it exists. */

/** Two closed forms in float64. */
export const EXACT = 1e-12

/** Closed form against quadrature, smooth integrand. */
export const QUADRATURE = 1e-9
