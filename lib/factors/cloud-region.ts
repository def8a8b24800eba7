import type { CloudRegion, ReferenceTables } from './reference-tables'

const PROVIDERS: Record<string, string> = {
  aws: 'aws',
  amazon: 'aws',
  'amazon web services': 'aws',
  gcp: 'gcp',
  google: 'gcp',
  'google cloud': 'gcp',
  azure: 'azure',
  microsoft: 'azure',
  'microsoft azure': 'azure',
}

/** `Google Cloud` → `gcp`; an unknown provider is null. */
export const providerNamed = (name: string): string | null =>
  PROVIDERS[name.trim().toLowerCase().replace(/[_-]/g, ' ').replace(/\s+/g, ' ')] ?? null

/** `aws:eu-west-1`, `aws/eu-west-1`, `AWS eu-west-1` → provider and region; without a provider only the region. */
export const splitCloudRegion = (text: string): { provider: string | null; region: string } => {
  const parts =
    /^(.+?)\s*[:/]\s*(.+)$/.exec(text.trim()) ??
    /^(\S+)\s+(.+)$/.exec(text.trim()) ??
    /^([a-z]+)[-_](.+)$/i.exec(text.trim())
  const provider = parts?.[1] ? providerNamed(parts[1]) : null
  const region = provider && parts?.[2] ? parts[2] : text
  return { provider, region: region.toLowerCase().replace(/\s+/g, '') }
}

/**
 * The cloud region that a sender means, in any case and with or without its provider; also by an availability zone (`us-east-1a`,
 * `us-central1-f`) and by Azure's spaced name (`West Europe`). Null where we do not know it.
 */
export const cloudRegionNamed = (
  tables: ReferenceTables,
  text: string,
  provider?: string | null,
): CloudRegion | null => {
  const named = splitCloudRegion(text)
  const wanted = named.provider ?? (provider ? providerNamed(provider) : null)
  const candidates = [named.region, named.region.replace(/-[a-f]$/, ''), named.region.replace(/(\d)[a-f]$/, '$1')]
  for (const region of candidates) {
    // No region id is used by two providers in our table.
    for (const each of wanted ? [wanted] : ['aws', 'gcp', 'azure']) {
      const found = tables.cloudRegions.get(`${each}:${region}`)
      if (found) return found
    }
  }
  return null
}
