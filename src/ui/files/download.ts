/** The browser may read the file a little later than it is told to. */
const KEEP_MS = 60_000

/** Hands a file to the visitor's browser to be saved. */
export function download(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => {
    URL.revokeObjectURL(link.href)
  }, KEEP_MS)
}

const types = {
  csv: 'text/csv',
  json: 'application/json',
  svg: 'image/svg+xml',
  py: 'text/x-python',
} as const

export function downloadText(text: string, name: string): void {
  const extension = name.slice(name.lastIndexOf('.') + 1) as keyof typeof types
  download(new Blob([text], { type: `${types[extension]};charset=utf-8` }), name)
}
