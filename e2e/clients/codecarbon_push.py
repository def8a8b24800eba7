"""The unmodified CodeCarbon client in its Prometheus mode pushes to Wattledger; what the ledger says is held against its own CSV.

    codecarbon_push.py --codecarbon DIR --base http://localhost:3000 --key-file FILE
"""

import argparse
import csv
import json
import os
import sys
import tempfile
import time
import types
import urllib.request
from datetime import datetime, timedelta, timezone

arguments = argparse.ArgumentParser()
arguments.add_argument("--codecarbon", required=True)
arguments.add_argument("--base", default="http://localhost:3000")
arguments.add_argument("--key-file", required=True)
arguments = arguments.parse_args()

sys.path.insert(0, arguments.codecarbon)
try:
    import rapidfuzz  # noqa: F401
except ImportError:
    # Debian 12 has none; the client uses it only to look up a processor's name, which this test does not need.
    fake = types.ModuleType("rapidfuzz")
    fake.fuzz = types.SimpleNamespace(ratio=lambda *_, **__: 0, token_set_ratio=lambda *_, **__: 0)
    fake.process = types.SimpleNamespace(extract=lambda *_, **__: [], extractOne=lambda *_, **__: None)
    fake.utils = types.SimpleNamespace(default_process=str)
    sys.modules["rapidfuzz"] = fake
    print("STUB in place of rapidfuzz")
key = open(arguments.key_file).read().strip()
os.environ["PROMETHEUS_USERNAME"] = "wattledger"
os.environ["PROMETHEUS_PASSWORD"] = key
from codecarbon import EmissionsTracker, __version__  # noqa: E402

print("CodeCarbon", __version__)
project = "push" + format(int(time.time()), "x")
folder = tempfile.mkdtemp()
tracker = EmissionsTracker(
    project_name=project,
    experiment_name="bert",
    output_dir=folder,
    measure_power_secs=2,
    api_call_interval=2,
    save_to_prometheus=True,
    prometheus_url=arguments.base + "/api/pushgateway",
    allow_multiple_runs=True,
    log_level="warning",
)
tracker.start()
until = time.time() + 40
while time.time() < until:
    sum(i * i for i in range(20_000))
tracker.stop()

with open(os.path.join(folder, "emissions.csv")) as file:
    said = float(list(csv.DictReader(file))[-1]["energy_consumed"])
hour = datetime.now(timezone.utc).replace(minute=0, second=0, microsecond=0)
query = "?by=run&from=%s&to=%s" % (
    (hour - timedelta(hours=2)).isoformat().replace("+00:00", "Z"),
    (hour + timedelta(hours=1)).isoformat().replace("+00:00", "Z"),
)
ledger = None
for _ in range(40):
    request = urllib.request.Request(arguments.base + "/api/v1/emissions" + query, headers={"authorization": "Bearer " + key})
    rows = [r for r in json.load(urllib.request.urlopen(request))["rows"] if r["run"] and r["run"].startswith(project)]
    ledger = sum(r["facility_kwh"] or 0 for r in rows)
    if abs(ledger - said) < 2e-9:
        break
    time.sleep(1.5)
equal = abs(ledger - said) < 2e-9
print("equal " if equal else "DIFFERS", [r["run"] for r in rows], "client %.9f kWh, ledger %.9f kWh" % (said, ledger))
sys.exit(0 if equal else 1)
