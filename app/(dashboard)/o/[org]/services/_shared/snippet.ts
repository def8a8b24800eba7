/** What a usage export sends once a day. */
export const unitsSnippet = (origin: string, service: string, unit: string, day: string): string => {
  const said = JSON.stringify({ units: [{ service, day, unit, count: 48_200 }] })
  // A quote inside a quoted shell word.
  return `curl -X POST ${origin}/api/v1/functional-units \\
  -H "authorization: Bearer $WATTLEDGER_KEY" -H "content-type: application/json" \\
  -d '${said.replaceAll("'", "'\\''")}'`
}
