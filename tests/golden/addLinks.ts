// Writes lines for new links, to be read over and put behind those of tests/golden/links.txt, which never change:
//
//   npx tsx tests/golden/addLinks.ts "#act=relu&depth=100" ... >> tests/golden/links.txt

import { meaningOf } from './links.ts'

for (const link of process.argv.slice(2))
  process.stdout.write(`${link} ${JSON.stringify(meaningOf(link))}\n`)
