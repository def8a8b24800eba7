/** A hardware name as senders write it, in words that can be compared: `NVIDIA A100-SXM4-40GB` → a100, sxm4, 40gb. PURE. */

/** Says nothing about which device it is. */
const SILENT = new Set(
  `nvidia amd intel google aws amazon huawei habana tesla instinct geforce quadro radeon cpu gpu accelerator processor chip board core
   with r tm c per module hgx dgx oam hbm2 hbm2e hbm3e pcie3 series the`.split(/\s+/),
)

/** What an NVIDIA driver prints for a device that its name alone does not tell from its sisters. */
const PRINTED: [RegExp, string][] = [
  [/^nvidia h100 80gb hbm3$/, 'h100 sxm5 80gb'],
  [/^nvidia h200$/, 'h200 sxm 141gb'],
  [/^nvidia h100 pcie$/, 'h100 pcie 80gb'],
  [/^nvidia h100 nvl$/, 'h100 nvl 94gb'],
  [/^nvidia gh200 (480gb|96gb.*)$/, 'gh200'],
]

/** Which of a family it is; a name may leave it out. */
const QUALIFIER = /^(sxm\d?|pcie|nvl|nvl72|\d+gb|v\d+[a-z]?|trillium|ironwood|workstation)$/
const isQualifier = (word: string, words: string[]): boolean =>
  QUALIFIER.test(word) && !(words.includes('tpu') && /^v\d/.test(word))

export const hardwareWords = (name: string): string[] => {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\((r|tm|c)\)/g, ' ')
    .replace(/\(.*?\)/g, ' ')
    .replace(/\bmig\b.*$/, '')
    .replace(/@.*$/, '')
    .trim()
  const printed = PRINTED.find(([pattern]) => pattern.test(plain.replace(/[\s-]+/g, ' ')))?.[1] ?? plain
  return [
    ...new Set(
      printed
        // `16/32GB` is both sizes; `80 GB`, `80GiB`, `80G` are one word.
        .replace(/(\d+)\/(\d+)\s*gb/g, '$1gb $2gb')
        .replace(/(\d+)\s*(gib|gb|g)\b/g, '$1gb')
        // `TPUv4`, `RTX3090`, `Gaudi2` as their makers space them.
        .replace(/\b(tpu|rtx|gtx|gaudi)(?=v?\d)/g, '$1 ')
        .replace(/[^a-z0-9+]+/g, ' ')
        .split(' ')
        .filter((word) => word !== '' && !SILENT.has(word)),
    ),
  ]
}

const agree = (asked: string, known: string): boolean =>
  asked === known || (asked.startsWith('sxm') && known.startsWith('sxm') && (asked === 'sxm' || known === 'sxm'))

/**
 * Whether what was asked may be this device: every asked word is one of its own, and every word that makes it what it is was asked.
 * `exact`: nothing was left out either.
 */
export const hardwareMatch = (asked: string[], known: string[]): 'exact' | 'possible' | 'no' => {
  if (asked.length === 0) return 'no'
  if (!asked.every((word) => known.some((own) => agree(word, own)))) return 'no'
  const missing = known.filter((own) => !asked.some((word) => agree(word, own)))
  if (missing.length === 0) return 'exact'
  return missing.every((word) => isQualifier(word, known)) ? 'possible' : 'no'
}
