/** The two readings that make a PUE: what the building draws and what its racks get, at the same instants. */
export const facilitySnippet = (
  origin: string,
  site: string,
  zone: string | null,
  deployment: string | null,
): string => {
  const said = JSON.stringify({ site, grid_zone: zone ?? 'DE', deployment: deployment ?? 'owned' })
  // A quote inside a quoted shell word.
  const context = said.slice(0, -1).replaceAll("'", "'\\''")
  return `curl -X POST ${origin}/api/v1/readings \\
  -H "authorization: Bearer $WATTLEDGER_KEY" -H "content-type: application/json" \\
  -d '${context},
       "readings":[
         {"meter":"grid-intake","boundary":"facility","kind":"counter",
          "unit":"kWh","at":"2026-11-23T10:00:00Z","value":184210.4},
         {"meter":"ups-output","boundary":"it","kind":"counter",
          "unit":"kWh","at":"2026-11-23T10:00:00Z","value":142915.0}]}'`
}
