import { lines } from './pythonText.ts'
import type { Traits } from './traits.ts'

const JSON_TEXT = `def as_json(value):
    """None where a value does not exist, the words for infinities."""
    if value is None or math.isnan(value):
        return None
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return float(value)`

const QUANTILE = `def quantile(runs, p):
    """Over the seeds, entry by entry; NaN is left out, infinities are ordinary values."""
    row = []
    for values in zip(*runs):
        known = sorted(value for value in values if not math.isnan(value))
        if not known:
            row.append(math.nan)
            continue
        at = p * (len(known) - 1)
        low, high, part = known[math.floor(at)], known[math.ceil(at)], at - math.floor(at)
        if low == high or part == 0:
            row.append(low)
        elif math.isinf(low) or math.isinf(high):
            row.append(low if part < 0.5 else high)
        else:
            row.append(low + part * (high - low))
    return np.array(row)`

function runLines({ hasSeeds }: Traits): readonly string[] {
  if (!hasSeeds) return ['    rows, found = run(Network(SEED, arguments.network), spectra)']
  return [
    '    # An exported file holds the first network alone.',
    '    seeds = 1 if arguments.network else SEEDS',
    '    rows, found = run(Network(SEED, arguments.network), spectra)',
    '    runs = [rows]',
    '    for i in range(1, seeds):',
    '        runs.append(run(Network((SEED + i) % 2**32), [])[0])',
    '    low, rows, high = (',
    '        {name: quantile([one[name] for one in runs], p) for name in STATISTICS}',
    '        for p in (0.1, 0.5, 0.9)',
    '    )',
  ]
}

function reportLines({ hasSeeds, hasConstants }: Traits): readonly (string | false)[] {
  return [
    '    report = {',
    '        "config": CONFIG,',
    `        "constants": {"a": ${hasConstants ? 'A' : '1'}, "b": ${hasConstants ? 'B' : '0'}},`,
    '        "layers": {name: [as_json(v) for v in rows[name]] for name in STATISTICS},',
    '        "spectra": [',
    '            {"layer": layer, "log10_singular_values": [as_json(v) for v in values]}',
    '            for layer, values in found',
    '        ],',
    '        "summary": {',
    '            "gradient_growth": as_json(growth(rows["log10_gradient_rms"])),',
    '            "gsc_growth": as_json(growth(rows["log10_gsc"])),',
    '        },',
    '    }',
    hasSeeds && '    if seeds > 1:',
    hasSeeds && '        report["bands"] = {',
    hasSeeds && '            name: {',
    hasSeeds && '                "low": [as_json(v) for v in low[name]],',
    hasSeeds && '                "high": [as_json(v) for v in high[name]],',
    hasSeeds && '            }',
    hasSeeds && '            for name in STATISTICS',
    hasSeeds && '        }',
    '    print(json.dumps(report))',
  ]
}

/** Command line and output. */
export function mainSection(traits: Traits): string {
  const main = lines(
    'def main():',
    '    parser = argparse.ArgumentParser(',
    '        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter',
    '    )',
    '    parser.add_argument("network", nargs="?", help="exported .npz file; else drawn from the seed")',
    '    parser.add_argument("--spectra", default=str(DEPTH), help="layers, as in 1,10,64")',
    '    arguments = parser.parse_args()',
    '    spectra = sorted({int(layer) for layer in arguments.spectra.split(",") if layer})',
    ...runLines(traits),
    ...reportLines(traits),
  )
  const parts = [JSON_TEXT, ...(traits.hasSeeds ? [QUANTILE] : []), main]
  return lines(parts.join('\n\n\n'), '', '', 'if __name__ == "__main__":', '    main()')
}
