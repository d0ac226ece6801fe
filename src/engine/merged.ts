/**
 * What several generators say, in the order in which they come to say it. None is asked for more before
 * what it said has been taken: work that one of them does before it first waits holds nothing up. The
 * first error ends all; nobody waits for the others to hear of it.
 */
export async function* merged<T>(streams: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const [only] = streams
  if (only && streams.length === 1) {
    yield* only
    return
  }
  const next = new Map(streams.map((stream) => [stream, pull(stream)]))
  try {
    while (next.size > 0) {
      const { stream, result } = await Promise.race(next.values())
      if (result.done === true) next.delete(stream)
      else {
        yield result.value
        next.set(stream, pull(stream))
      }
    }
  } finally {
    for (const stream of next.keys()) void stream.return(undefined)
  }
}

const pull = async <T>(stream: AsyncGenerator<T>) => ({ stream, result: await stream.next() })
