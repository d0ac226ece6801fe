import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pngTexts } from '../../src/export/pngFile.ts'
import { commentHead, originRecord, plainLink } from '../../src/export/provenance.ts'
import { provenance } from './provenance.ts'

test('commentHead says program, version, link and settings, a line each', () => {
  const lines = commentHead(provenance)
  expect(lines.slice(0, 2)).toEqual([
    '# Depthscope 1.2.3',
    '# link: https://example.org/#act=relu&depth=100',
  ])
  expect(JSON.parse(lines[2]!.replace('# config: ', ''))).toEqual(provenance.config)
})

test('plainLink(link) is one line of ASCII, whatever the link holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (link) => {
      expect(plainLink({ ...provenance, link })).toMatch(/^[\x21-\x7e]*$/)
    }),
  )
  expect(plainLink({ ...provenance, link: 'https://é.org/\n#a b' })).toBe(
    'https://%C3%A9.org/%0A#a%20b',
  )
  expect(plainLink({ ...provenance, link: '\ud800' })).toBe('%EF%BF%BD')
})

test('files in the place of drawn numbers are named in every kind of file, on one line', () => {
  const files = 'weights from net\n→.npz'
  expect(commentHead({ ...provenance, files }).at(-1)).toBe(
    '# in place of drawn numbers: weights from net →.npz',
  )
  expect(originRecord({ ...provenance, files })['files']).toBe('weights from net →.npz')
  expect(pngTexts({ ...provenance, files })['Description']).toBe('weights from net ?.npz')
  expect('files' in originRecord({ ...provenance, files: '' })).toBe(false)
})
