import { CodeBlock } from '@/components/forms/code-block'
import { LinkButton } from '@/components/ui/link-button'
import { Panel } from '@/components/ui/panel'
import { Tabs } from '@/components/ui/tabs'

const readings = (origin: string) => `curl -X POST ${origin}/api/v1/readings \\
  -H "authorization: Bearer $WATTLEDGER_KEY" -H "content-type: application/json" \\
  -d '{"run":"first-run","model":"my-model","team":"my-team","stage":"training",
       "grid_zone":"DE","deployment":"owned","pue":1.2,
       "readings":[{"meter":"gpu0","kind":"power","unit":"W","at":"2026-11-23T10:00:00Z","value":300},
                   {"meter":"gpu0","kind":"power","unit":"W","at":"2026-11-23T10:05:00Z","value":310}]}'`

const activity = (origin: string) => `curl -X POST ${origin}/api/v1/activities \\
  -H "authorization: Bearer $WATTLEDGER_KEY" -H "content-type: application/json" \\
  -d '{"run":"bert-finetune","model":"bert","team":"nlp","stage":"fine-tuning",
       "start":"2026-11-01T00:00:00Z","end":"2026-11-05T04:00:00Z",
       "energy_kwh":30,"grid_zone":"DE","deployment":"cloud","pue":1.1}'`

const codecarbon = (origin: string) => `# .codecarbon.config: nothing else changes
[codecarbon]
save_to_api = true
api_endpoint = ${origin}/api/codecarbon
api_key = wl_…
experiment_id = bert-finetune`

/** How to send, ready to paste, for each protocol. */
export function ConnectPanel({ org, origin }: { org: string; origin: string }) {
  const tab = (value: string, label: string, says: string, code: string) => ({
    value,
    label,
    content: (
      <>
        <p className="mb-2 max-w-[78ch] text-meta text-muted">{says}</p>
        <CodeBlock label={`${label}: example`} code={code} />
      </>
    ),
  })
  return (
    <Panel
      title="Connect a source"
      meta="A key with the scope ingest is all that a sender needs"
      tools={
        <LinkButton href={`/o/${org}/keys`} size={26}>
          API keys
        </LinkButton>
      }
    >
      <Tabs
        label="Protocol"
        tabs={[
          tab(
            'native',
            'Readings',
            'Power in W or kW, counters in J to kWh, or energy per interval; times with an offset. The answer names each refused reading and why.',
            readings(origin),
          ),
          tab(
            'activities',
            'Activities',
            'One energy for a whole run. The answer holds kWh, kg and every assumption made.',
            activity(origin),
          ),
          tab(
            'codecarbon',
            'CodeCarbon',
            'The unmodified client. Any experiment id is taken: a new one is listed on this page, to be mapped to a team and a model.',
            codecarbon(origin),
          ),
        ]}
      />
    </Panel>
  )
}
