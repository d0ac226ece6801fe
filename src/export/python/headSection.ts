import { resolvedConfig } from '../json.ts'
import { plainLink, PROGRAM, type Provenance } from '../provenance.ts'
import { dictionary, docText, type Line, lines } from './pythonText.ts'
import type { Traits } from './traits.ts'

export type Flavour = 'numpy' | 'torch'

const NEEDS: Readonly<Record<Flavour, Line>> = {
  numpy: 'Needs NumPy. Gradients are explicit formulas.',
  torch: lines(
    'Needs PyTorch and NumPy. Gradients come from autograd, batch statistics included. Signals are',
    'plain float64 here and slopes those of autograd: a network that leaves 1e-300 ... 1e300, or whose',
    'units are saturated so far that 1 - tanh**2 rounds to 0, needs the NumPy version of this script.',
  ),
}

const constant = (name: string, value: number, comment: string) =>
  `${name} = ${String(value)}  # ${comment}`

/** Settings of the activation, as far as it has any. */
function activationConstants({ network, config, hasGain, hasConstants }: Traits): readonly Line[] {
  return [
    config.act === 'leaky_relu' && constant('SLOPE', config.slope, 'on the negative side'),
    hasGain && constant('GAIN', config.gain, 'phi is taken of GAIN * layer**-GAIN_DECAY * z'),
    hasGain && constant('GAIN_DECAY', config.gain_decay, 'see GAIN'),
    hasConstants && '# Gaussian-Poincare: A phi + B and its slope have mean square 1 over N(0, 1).',
    hasConstants && `A, B = ${network.a}, ${network.b}`,
  ]
}

function mixingConstants({ network, config, filter }: Traits): readonly Line[] {
  if (filter === 'absent') return []
  return [
    constant('ALPHA', network.alpha, 'weight of the filtered input of a block'),
    constant('BETA', network.beta, 'weight of the nonlinear branch'),
    config.branch > 1 && constant('BRANCH', config.branch, 'layers in a block'),
  ]
}

/** The settings that the configuration uses, under their own names. */
function constants(traits: Traits): string {
  const { network, config, hasBias, hasSeeds } = traits
  return lines(
    constant('DEPTH', network.depth, 'linear layers'),
    constant('WIDTH', network.width, 'units in a layer'),
    constant('BATCH', network.batch, 'samples'),
    constant('SEED', config.seed, 'of all random numbers'),
    hasSeeds && constant('SEEDS', config.seeds, 'networks, of the seeds SEED, SEED + 1, ...'),
    constant('SW', config.sw, 'W_ij has variance SW**2 / WIDTH'),
    hasBias && constant('SB', config.sb, 'b_i has variance SB**2'),
    ...activationConstants(traits),
    ...mixingConstants(traits),
    config.data === 'correlated' && constant('RHO', config.rho, 'correlation of two samples'),
    config.data === 'repeated' && constant('DISTINCT', config.distinct, 'different samples'),
  )
}

/** One layer as a formula. */
function layerFormula({ axis, isPreactivation, filter, hasBias, config }: Traits): string {
  const norm = axis === 'none' ? 'h' : 'norm(h)'
  const bias = hasBias ? ' + b' : ''
  const y = isPreactivation
    ? `y = W phi(${norm})${bias},  h = x`
    : `y = phi(${norm}),  h = W x${bias}`
  if (filter === 'absent') return `x' = y,  ${y}`
  const s = filter === 'orthogonal' ? 'S x' : 'x'
  const span = config.branch > 1 ? ` over blocks of ${config.branch} layers` : ''
  return `x' = ALPHA ${s} + BETA y${span},  ${y}`
}

function docstring(traits: Traits, provenance: Provenance, flavour: Flavour): string {
  const { config, network } = traits
  const norm = config.norm === 'none' ? 'no normalization' : `${config.norm} normalization`
  return lines(
    `"""Signal and gradient through ${network.depth} random layers: ${config.act}, ${norm}.`,
    '',
    `    ${layerFormula(traits)}`,
    '',
    docText(plainLink(provenance)),
    `Written by ${PROGRAM} ${docText(provenance.version)}.`,
    '',
    'Prints, as JSON, the statistics of every layer and the singular values of the Jacobian.',
    'Given the exported network (.npz) it takes the arrays from there; without, it draws the same',
    'network from its seed.',
    '',
    NEEDS[flavour],
    '"""',
  )
}

/** Docstring, imports and settings. */
export function headSection(traits: Traits, provenance: Provenance, flavour: Flavour): string {
  return lines(
    docstring(traits, provenance, flavour),
    '',
    'import argparse',
    'import functools',
    'import json',
    'import math',
    '',
    'import numpy as np',
    flavour === 'torch' && 'import torch',
    '',
    'np.seterr(divide="ignore")  # the logarithm of an exact zero is -inf, and means it',
    flavour === 'torch' && 'torch.set_default_dtype(torch.float64)',
    '',
    constants(traits),
    '',
    '# All settings, as the command line prints them.',
    `CONFIG = ${dictionary(resolvedConfig(traits.network))}`,
  )
}
