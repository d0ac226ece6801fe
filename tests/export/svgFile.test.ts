import { expect, test } from 'vitest'
import { resolveVariables, usedVariables } from '../../src/export/cssVariables.ts'
import { svgFile, type SvgSource } from '../../src/export/svgFile.ts'
import { provenance } from './provenance.ts'
import { elements, parseXml } from './xml.ts'

const source: SvgSource = {
  svg:
    '<svg class="chart" tabindex="0" viewBox="0 0 300 200" width="300" style="overflow:visible">' +
    '<!-- a <remark> --><path class="forward" d="M0,0L1,1" stroke="var(--forward)"></path>' +
    '<text data-note="a<b">x&nbsp;&gt; 3 & more</text></svg>',
  width: 300,
  height: 200,
  title: 'Signal & gradient',
  description: 'Grows <fast>',
  variables: { '--forward': ' #06c', '--font': '"Inter", sans-serif' },
  css: '.chart > .forward { stroke: var(--forward); fill: var(--none, rgb(1, 2, 3)) }',
  inherited: { 'font-family': '"Inter", sans-serif', color: '#222' },
  background: '#fff',
  provenance,
}

test('svgFile is well-formed and needs nothing from the page', () => {
  const text = svgFile(source)
  const root = parseXml(text)
  expect(text).not.toMatch(/var\(|tabindex|remark/)
  expect(root.attributes).toMatchObject({
    xmlns: 'http://www.w3.org/2000/svg',
    width: '300',
    height: '200',
    viewBox: '0 0 300 200',
    style: 'font-family:"Inter", sans-serif;color:#222;overflow:visible',
  })
  expect(elements(root, 'path')[0]!.attributes['stroke']).toBe('#06c')
  expect(elements(root, 'style')[0]!.children).toEqual([
    '.chart > .forward { stroke: #06c; fill: rgb(1, 2, 3) }',
  ])
  expect(elements(root, 'text')[0]).toEqual({
    name: 'text',
    attributes: { 'data-note': 'a<b' },
    children: ['x\u00a0> 3 & more'],
  })
})

test('svgFile names itself and says where it comes from', () => {
  const root = parseXml(svgFile(source))
  expect(elements(root, 'title')[0]!.children).toEqual(['Signal & gradient'])
  expect(elements(root, 'desc')[0]!.children).toEqual(['Grows <fast>'])
  const metadata = JSON.parse(elements(root, 'metadata')[0]!.children[0] as string) as unknown
  expect(metadata).toEqual({ program: 'Depthscope', ...provenance })
})

test('svgFile makes up a viewBox and keeps a declared namespace single', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>'
  const root = parseXml(svgFile({ ...source, svg, css: '', background: undefined }))
  expect(root.attributes['viewBox']).toBe('0 0 300 200')
  expect(elements(root, 'style')).toEqual([])
  expect(elements(root, 'rect')).toEqual([])
})

test('svgFile refuses what is not one svg element', () => {
  for (const svg of ['', '<div></div>', 'x<svg></svg>'])
    expect(() => svgFile({ ...source, svg })).toThrow('svgFile: the drawing must be one svg')
})

test('usedVariables lists each variable once', () => {
  expect(usedVariables('a: var(--x); b: var( --y , var(--x))')).toEqual(['--x', '--y'])
})

test('resolveVariables follows chains and nested fallbacks', () => {
  const variables = { '--a': 'var(--b)', '--b': 'red', '--empty': ' ' }
  expect(resolveVariables('var(--a) var(--no, var(--a)) var(--empty,(x))', variables)).toBe(
    'red red (x)',
  )
})

test('resolveVariables refuses a missing variable and a circle', () => {
  expect(() => resolveVariables('var(--no)', {})).toThrow('--no must be given a value')
  expect(() => resolveVariables('var(--a)', { '--a': 'var(--a)' })).toThrow('circle')
})
