/** The works that presets and predictions come from. */
export const papers = {
  bsnn: { title: 'Bidirectionally Self-Normalizing Neural Networks', arxiv: '2006.12169' },
  roa: { title: 'Random orthogonal additive filters', arxiv: '2210.01245' },
  bn: {
    title: 'Towards Training Without Depth Limits: Batch Normalization Without Gradient Explosion',
    arxiv: '2310.02012',
  },
  gsc: { title: 'The exploding gradient problem demystified', arxiv: '1712.05577' },
  chaos: {
    title: 'Exponential expressivity in deep neural networks through transient chaos',
    arxiv: '1606.05340',
  },
  yang: { title: 'A Mean Field Theory of Batch Normalization', arxiv: '1902.08129' },
  saxe: {
    title: 'Exact solutions to the nonlinear dynamics of learning in deep linear networks',
    arxiv: '1312.6120',
  },
  information: { title: 'Deep Information Propagation', arxiv: '1611.01232' },
  isometry: {
    title: 'Resurrecting the sigmoid in deep learning through dynamical isometry',
    arxiv: '1711.04735',
  },
  shattered: {
    title: 'The Shattered Gradients Problem: If resnets are the answer, then what is the question?',
    arxiv: '1702.08591',
  },
  tailored: {
    title: 'Deep Learning without Shortcuts: Shaping the Kernel with Tailored Rectifiers',
    arxiv: '2203.08120',
  },
} as const

export type PaperId = keyof typeof papers
