/** Configurations to paste, by the address that this organisation's senders use. The key stays a variable: it is shown once, elsewhere. */

export const prometheus = (origin: string) => `remote_write:
  - url: ${origin}/api/prometheus/write
    basic_auth:
      username: wattledger
      password_file: /etc/prometheus/wattledger.key
    write_relabel_configs:
      - source_labels: [__name__]
        regex: 'DCGM_FI_DEV_(TOTAL_ENERGY_CONSUMPTION|POWER_USAGE)|kepler_.*|scaph_.*|node_rapl_.*|ipmi_.*|hw_.*|vllm:.*_total'
        action: keep`

export const dcgmFields = `# default-counters.csv
DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION, counter, Total energy consumption since boot (in mJ).
DCGM_FI_DEV_POWER_USAGE,              gauge,   Power draw (in W).`

const scraped = (origin: string, job: string, targets: string, regex: string) => `scrape_configs:
  - job_name: ${job}
    scrape_interval: 15s
    static_configs:
      - targets: [${targets}]
remote_write:
  - url: ${origin}/api/prometheus/write
    basic_auth:
      username: wattledger
      password_file: /etc/prometheus/wattledger.key
    write_relabel_configs:
      - source_labels: [__name__]
        regex: '${regex}'
        action: keep`

export const dcgm = (origin: string) =>
  scraped(origin, 'dcgm', "'gpu-node-1:9400'", 'DCGM_FI_DEV_(TOTAL_ENERGY_CONSUMPTION|POWER_USAGE)')

export const kepler = (origin: string) => scraped(origin, 'kepler', "'node-1:28282'", 'kepler_.*')

export const collector = (origin: string) => `exporters:
  otlphttp/wattledger:
    metrics_endpoint: ${origin}/api/otlp/v1/metrics
    headers:
      authorization: Bearer \${env:WATTLEDGER_KEY}
service:
  pipelines:
    metrics:
      receivers: [hostmetrics, prometheus]
      exporters: [otlphttp/wattledger]`

export const otelJs = (
  origin: string,
) => `import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'

const exporter = new OTLPMetricExporter({
  url: '${origin}/api/otlp/v1/metrics',
  headers: { authorization: \`Bearer \${process.env.WATTLEDGER_KEY}\` },
})
const provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] })
const energy = provider.getMeter('gpu').createCounter('hw.energy', { unit: 'J' })
energy.add(3600, { 'hw.id': 'GPU-…', 'hw.type': 'gpu', 'wattledger.run': 'first-run', 'wattledger.team': 'my-team' })`

export const codecarbon = (origin: string) => `# .codecarbon.config: nothing else changes
[codecarbon]
save_to_api = true
api_endpoint = ${origin}/api/codecarbon
api_key = wl_…
experiment_id = bert-finetune`

export const push = (origin: string) => `printf 'wattledger_functional_units_total{unit="request"} 1250\\n' |
  curl --user "wattledger:$WATTLEDGER_KEY" --data-binary @- \\
    ${origin}/api/pushgateway/metrics/job/nightly-eval`

export const pushPython = (origin: string) => `import os
from prometheus_client import CollectorRegistry, push_to_gateway
from prometheus_client.exposition import basic_auth_handler

def signed(*request):
    return basic_auth_handler(*request, username="wattledger", password=os.environ["WATTLEDGER_KEY"])

push_to_gateway("${origin}/api/pushgateway", job="train", registry=CollectorRegistry(), handler=signed)`

export const readings = (origin: string) => `curl -X POST ${origin}/api/v1/readings \\
  -H "authorization: Bearer $WATTLEDGER_KEY" -H "content-type: application/json" \\
  -d '{"run":"first-run","model":"my-model","team":"my-team","stage":"training",
       "grid_zone":"DE","deployment":"owned","pue":1.2,
       "readings":[{"meter":"gpu0","kind":"power","unit":"W","at":"2026-11-23T10:00:00Z","value":300},
                   {"meter":"gpu0","kind":"power","unit":"W","at":"2026-11-23T10:05:00Z","value":310}]}'`

export const activity = (origin: string) => `curl -X POST ${origin}/api/v1/activities \\
  -H "authorization: Bearer $WATTLEDGER_KEY" -H "content-type: application/json" \\
  -d '{"run":"bert-finetune","model":"bert","team":"nlp","stage":"fine-tuning",
       "start":"2026-11-01T00:00:00Z","end":"2026-11-05T04:00:00Z",
       "energy_kwh":30,"grid_zone":"DE","deployment":"cloud","pue":1.1}'`

export const python = (origin: string) => `import json, os, subprocess, time, urllib.request
from datetime import datetime, timezone

SAID = {"run": "first-run", "model": "my-model", "team": "my-team", "stage": "training",
        "grid_zone": "DE", "deployment": "owned", "pue": 1.2}

def power():
    told = subprocess.check_output(
        ["nvidia-smi", "--query-gpu=uuid,power.draw", "--format=csv,noheader,nounits"], text=True)
    at = datetime.now(timezone.utc).isoformat()
    for line in told.splitlines():
        uuid, watts = line.split(", ")
        yield {"meter": uuid, "kind": "power", "unit": "W", "at": at, "value": float(watts)}

while True:
    body = json.dumps({**SAID, "readings": list(power())}).encode()
    request = urllib.request.Request("${origin}/api/v1/readings", body, {
        "authorization": "Bearer " + os.environ["WATTLEDGER_KEY"], "content-type": "application/json"})
    print(urllib.request.urlopen(request).read().decode())
    time.sleep(60)`
