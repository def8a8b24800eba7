"""Runs the unmodified CodeCarbon client against Wattledger and compares what each of them says.

    codecarbon_run.py --codecarbon DIR --base http://localhost:3000 --key-file FILE [--endpoint-key-file FILE] [--only plain,endpoint,csv,tasks] [--record DIR]

Over the API: as it comes (plain); with pue=1.3, which must not be applied twice (pue); with the server away for a while, which the client must
live through (away). Without it: emissions_endpoint, whose file is then uploaded and must add nothing (endpoint); an emissions.csv (csv);
a task file (tasks).
The client talks to a small forwarder in this process, so that "away" needs no server to be stopped and every exchange is counted.
"""

import argparse
import csv
import http.client
import http.server
import json
import os
import sys
import tempfile
import threading
import time
import types
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone
from urllib.parse import urlparse

TOLERANCE_KWH = 2e-9  # the ledger keeps whole microwatt-hours of each hour


class Forwarder:
    """Passes requests on and remembers them; while it is away, nothing listens on its port."""

    def __init__(self, target):
        self.target = urlparse(target)
        self.exchanges = []
        self.server = None
        self.port = 0

    def start(self):
        forwarder = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                began = time.perf_counter()
                onward = http.client.HTTPConnection(forwarder.target.hostname, forwarder.target.port, timeout=30)
                headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")}
                onward.request(self.command, self.path, body, headers)
                answer = onward.getresponse()
                told = answer.read()
                forwarder.exchanges.append(
                    {
                        "method": self.command,
                        "path": self.path,
                        "headers": sorted(k.lower() for k in headers),
                        "body": json.loads(body) if body else None,
                        "status": answer.status,
                        "answer": told.decode(),
                        "seconds": round(time.perf_counter() - began, 3),
                    }
                )
                self.send_response(answer.status)
                self.send_header("content-type", answer.getheader("content-type") or "application/json")
                self.send_header("content-length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            do_GET = do_POST = do_PATCH = pass_on

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def need_rapidfuzz():
    """Debian 12 has no rapidfuzz; the client uses it only to look up a processor's name. Returns what stands in for it."""
    try:
        import rapidfuzz

        return "rapidfuzz " + rapidfuzz.__version__
    except ImportError:
        from difflib import SequenceMatcher

        def ratio(a, b, **_):
            return 100 * SequenceMatcher(None, str(a), str(b)).ratio()

        def extract(query, choices, scorer=ratio, score_cutoff=0, limit=5, **_):
            scored = ((choice, scorer(query, choice), at) for at, choice in enumerate(choices))
            return sorted((s for s in scored if s[1] >= score_cutoff), key=lambda s: -s[1])[:limit]

        def extract_one(query, choices, **options):
            return next(iter(extract(query, choices, **options)), None)

        fake = types.ModuleType("rapidfuzz")
        fake.fuzz = types.SimpleNamespace(ratio=ratio, token_set_ratio=ratio)
        fake.process = types.SimpleNamespace(extract=extract, extractOne=extract_one)
        fake.utils = types.SimpleNamespace(default_process=lambda text: str(text).lower())
        sys.modules["rapidfuzz"] = fake
        return "STUB: difflib stands in for rapidfuzz (only the look-up of the processor's name uses it)"


def need_pynvml():
    """The clients before 3.2 import NVIDIA's library even without a GPU, and Debian has none. Returns what stands in for it."""
    try:
        import pynvml

        return "pynvml " + str(getattr(pynvml, "__version__", ""))
    except ImportError:
        fake = types.ModuleType("pynvml")
        fake.NVMLError = type("NVMLError", (Exception,), {})

        def no_gpu(*_):
            raise fake.NVMLError("no GPU")

        fake.nvmlInit = fake.nvmlDeviceGetCount = no_gpu
        sys.modules["pynvml"] = fake
        return "STUB: pynvml that finds no GPU"


def get_json(base, path, key):
    request = urllib.request.Request(base + path, headers={"authorization": "Bearer " + key})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def warm_up(base, key):
    """A development server compiles a route at its first request, and the client waits only two seconds. Stores nothing."""
    reads = ("/auth/check", "/organizations", "/organizations/x", "/organizations/x/projects", "/projects/x",
             "/projects/x/experiments", "/experiments/x")
    writes = ("/runs", "/emissions", "/experiments", "/endpoint/x", "/../v1/imports/codecarbon.csv?time_zone=UTC")
    for method, path in [("GET", p) for p in reads] + [("POST", p) for p in writes]:
        body = b"{}" if method == "POST" else None
        try:
            urllib.request.urlopen(urllib.request.Request((base + path).replace("/codecarbon/..", ""), body, {"x-api-token": key, "authorization": "Bearer " + key}, method=method), timeout=60)
        except urllib.error.HTTPError as refusal:
            if refusal.code not in (401, 403, 404, 415, 422):
                raise


def work(seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        sum(i * i for i in range(10_000))


def track(arguments, key, name, seconds, away=None, **options):
    """One tracked piece of work: what the client sent, what its CSV says, what Wattledger says."""
    from codecarbon import EmissionsTracker

    folder = tempfile.mkdtemp(prefix="codecarbon-")
    forwarder = Forwarder(arguments.base)
    forwarder.start()
    began = datetime.now(timezone.utc)
    tracker = EmissionsTracker(
        project_name="wattledger-e2e",
        api_endpoint="http://127.0.0.1:%d/api/codecarbon" % forwarder.port,
        api_key=key,
        experiment_id=name,
        save_to_api=True,
        save_to_file=True,
        output_dir=folder,
        measure_power_secs=arguments.every,
        api_call_interval=3,
        allow_multiple_runs=True,
        log_level="critical",
        **options,
    )
    tracker.start()
    if away:
        work(away[0])
        forwarder.stop()
        work(away[1])
        forwarder.start()
        work(seconds - away[0] - away[1])
    else:
        work(seconds)
    tracker.stop()
    forwarder.stop()

    with open(os.path.join(folder, "emissions.csv")) as file:
        rows = list(csv.DictReader(file))
    runs = [e for e in forwarder.exchanges if e["path"].endswith("/runs")]
    posts = [e for e in forwarder.exchanges if e["path"].endswith("/emissions")]
    stored = [e for e in posts if e["status"] == 201]
    # The client's timer threads overlap: while its first answer is under way it may register itself again.
    run_ids = sorted({e["body"]["run_id"] for e in stored})
    result = {
        "case": name,
        "run_ids": run_ids,
        "posts_runs": [e["status"] for e in runs],
        "posts_emissions": len(posts),
        "stored_emissions": len(stored),
        "slowest_answer_s": max(e["seconds"] for e in forwarder.exchanges),
        "csv_kwh": float(rows[-1]["energy_consumed"]),
        "csv_pue": float(rows[-1]["pue"]),
        "sent_kwh": sum(e["body"]["energy_consumed"] for e in stored),
        "headers": posts[0]["headers"],
    }
    result["ledger_kwh"], result["ledger_rows"] = ledger_energy(arguments, key, run_ids, began, result["sent_kwh"])
    if arguments.record:
        record(arguments.record, name, forwarder.exchanges)
    return result


def ledger_energy(arguments, key, run_ids, began, wanted):
    """Facility energy of the runs by /api/v1/emissions, once the worker has posted the last reading."""
    start = began.replace(minute=0, second=0, microsecond=0)
    end = start + timedelta(hours=3)
    query = "?from=%s&to=%s&by=run" % (start.strftime("%Y-%m-%dT%H:%M:%SZ"), end.strftime("%Y-%m-%dT%H:%M:%SZ"))
    names = {"codecarbon " + run_id[:8] for run_id in run_ids}
    for _ in range(40):
        rows = [r for r in get_json(arguments.base, "/api/v1/emissions" + query, key)["rows"] if r["run"] in names]
        total = sum(r["facility_kwh"] or 0 for r in rows)
        if len(rows) == len(names) and abs(total - wanted) <= TOLERANCE_KWH * len(names):
            break
        time.sleep(0.5)
    kept = ("run", "energy_kwh", "facility_kwh", "location_kg", "coverage", "tiers", "gaps")
    return total, [{k: r[k] for k in kept} for r in rows]


def catalogue(arguments, key):
    """What the client's command line asks: by its own methods, with the key as its bearer token."""
    from codecarbon.core.api_client import ApiClient
    from codecarbon.core.schemas import ExperimentCreate

    api = ApiClient(endpoint_url=arguments.base + "/api/codecarbon", create_run_automatically=False)
    api.set_access_token(key)
    user = api.check_auth()["user"]
    organization = api.get_list_organizations()[0]
    assert api.get_organization(organization["id"]) == organization
    project = api.list_projects_from_organization(organization["id"])[0]
    assert api.get_project(project["id"]) == project
    now = datetime.now(timezone.utc).isoformat()
    made = api.add_experiment(
        ExperimentCreate(timestamp=now, name="e2e-catalogue", description="", on_cloud=False, project_id=project["id"])
    )
    assert api.get_experiment(made["id"])["name"] == "e2e-catalogue"
    assert made["id"] in [one["id"] for one in api.list_experiments_from_project(project["id"])]
    print("ok catalogue:", user["name"], "| experiment", made["id"])


def offline(**options):
    """A tracker without the API. It says where it is, so that nothing is looked up."""
    from codecarbon import OfflineEmissionsTracker

    return OfflineEmissionsTracker(
        country_iso_code="FRA", save_to_file=True, measure_power_secs=1, allow_multiple_runs=True, log_level="critical", **options
    )


def upload(arguments, key, path, dry_run=False):
    """The file as a person would send it; this machine writes UTC or says what it writes."""
    zone = os.environ.get("TZ") or "UTC"
    query = "?time_zone=" + zone + ("&dry_run=1" if dry_run else "")
    with open(path, "rb") as file:
        request = urllib.request.Request(
            arguments.base + "/api/v1/imports/codecarbon.csv" + query,
            file.read(),
            {"authorization": "Bearer " + key, "content-type": "text/csv"},
            method="POST",
        )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def rows_of(path):
    with open(path) as file:
        return list(csv.DictReader(file))


def file_case(arguments, key, name, folder, path, began, wanted, said):
    """What the ledger says of the runs of a file, held against the file's own totals."""
    run_ids = sorted({row["run_id"] for row in rows_of(path)})
    ledger, rows = ledger_energy(arguments, key, run_ids, began, wanted)
    good = abs(ledger - wanted) <= TOLERANCE_KWH * max(2, len(run_ids)) and all(said.values())
    print(json.dumps({"case": name, "rows": rows, **said}, indent=1))
    print("%s %s: own total %.9f kWh, ledger %.9f kWh, %d rows" % ("ok" if good else "FAILED", name, wanted, ledger, len(rows_of(path))))
    return good


def endpoint(arguments, key, endpoint_key):
    folder = tempfile.mkdtemp(prefix="codecarbon-")
    forwarder = Forwarder(arguments.base)
    forwarder.start()
    began = datetime.now(timezone.utc)
    address = "http://127.0.0.1:%d/api/codecarbon/endpoint/%s" % (forwarder.port, endpoint_key)
    tracker = offline(project_name="e2e-endpoint", output_dir=folder, emissions_endpoint=address)
    tracker.start()
    work(4)
    tracker.flush()
    work(4)
    tracker.stop()
    forwarder.stop()
    path = os.path.join(folder, "emissions.csv")
    wanted = float(rows_of(path)[-1]["energy_consumed"])
    again = upload(arguments, key, path)
    said = {
        "every post 201": [e["status"] for e in forwarder.exchanges] == [201] * len(rows_of(path)),
        "the file adds nothing": again["new"] == 0 and again["known"] == len(rows_of(path)),
    }
    return file_case(arguments, key, "endpoint", folder, path, began, wanted, said)


def uploaded(arguments, key):
    folder = tempfile.mkdtemp(prefix="codecarbon-")
    began = datetime.now(timezone.utc)
    tracker = offline(project_name="e2e-csv", output_dir=folder, pue=1.3)
    tracker.start()
    for _ in range(2):
        work(3)
        tracker.flush()
    work(3)
    tracker.stop()
    path = os.path.join(folder, "emissions.csv")
    wanted = float(rows_of(path)[-1]["energy_consumed"])
    tried = upload(arguments, key, path, dry_run=True)
    stored = upload(arguments, key, path)
    again = upload(arguments, key, path)
    said = {
        "tried first": tried["new"] == len(rows_of(path)) and not tried["stored"],
        "none refused": stored["refused"] == 0 and stored["new"] == len(rows_of(path)),
        "adds its last total": abs(stored["energy_kwh"] - wanted) < 1e-12,
        "again adds nothing": again["new"] == 0,
    }
    return file_case(arguments, key, "csv", folder, path, began, wanted, said)


def tasks(arguments, key):
    folder = tempfile.mkdtemp(prefix="codecarbon-")
    began = datetime.now(timezone.utc)
    tracker = offline(project_name="e2e-tasks", experiment_name="e2e", output_dir=folder)
    for name in ("load", "train"):
        tracker.start_task(name)
        work(3)
        tracker.stop_task()
    tracker.stop()
    (path,) = [os.path.join(folder, f) for f in os.listdir(folder) if f.startswith("emissions_e2e_")]
    wanted = sum(float(row["energy_consumed"]) for row in rows_of(path))
    stored = upload(arguments, key, path)
    whole = upload(arguments, key, os.path.join(folder, "emissions.csv"))
    said = {"two tasks": stored["new"] == 2, "the whole is not counted too": whole["new"] == 0 and whole["refused"] == 1}
    return file_case(arguments, key, "tasks", folder, path, began, wanted, said)


def record(folder, name, exchanges):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name + ".json"), "w") as file:
        json.dump(exchanges, file, indent=1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--codecarbon", required=True, help="a checkout of mlco2/codecarbon at a released tag")
    parser.add_argument("--base", required=True)
    parser.add_argument("--key-file", required=True, help="a file that holds a key with scopes ingest and read")
    parser.add_argument("--endpoint-key-file", help="a file that holds a key with the scope ingest and no other")
    parser.add_argument("--only", default="plain,pue,away,endpoint,csv,tasks", help="cases, with commas between")
    parser.add_argument("--seconds", type=float, default=26)
    parser.add_argument("--every", type=float, default=2.5, help="seconds between two measurements")
    parser.add_argument("--record", help="folder for the exchanges as they were")
    arguments = parser.parse_args()
    sys.path.insert(0, arguments.codecarbon)
    with open(arguments.key_file) as file:
        key = file.read().strip()
    stand_in = need_rapidfuzz() + "; " + need_pynvml()
    only = arguments.only.split(",")
    import codecarbon

    print("client", codecarbon.__version__, "| python", sys.version.split()[0], "|", stand_in)
    warm_up(arguments.base + "/api/codecarbon", key)

    catalogue(arguments, key)
    cases = []
    if "plain" in only:
        cases.append(track(arguments, key, "e2e-plain", arguments.seconds))
    if "pue" in only:
        cases.append(track(arguments, key, "e2e-pue", arguments.seconds, pue=1.3))
    if "away" in only:
        cases.append(track(arguments, key, "e2e-away", arguments.seconds + 10, away=(17, 10)))
    failed = False
    for case in cases:
        away = case["case"] == "e2e-away"
        same_as_sent = abs(case["ledger_kwh"] - case["sent_kwh"]) <= TOLERANCE_KWH * len(case["run_ids"])
        same_as_csv = abs(case["sent_kwh"] - case["csv_kwh"]) <= TOLERANCE_KWH
        good = same_as_sent and (away or same_as_csv) and all(s == 201 for s in case["posts_runs"])
        failed = failed or not good
        print(json.dumps(case, indent=1))
        print("%s %s: CSV %.9f kWh (pue %s), stored %.9f kWh, ledger %.9f kWh" % (
            "ok" if good else "FAILED", case["case"], case["csv_kwh"], case["csv_pue"], case["sent_kwh"], case["ledger_kwh"]))
    if "endpoint" in only and arguments.endpoint_key_file:
        with open(arguments.endpoint_key_file) as file:
            failed = not endpoint(arguments, key, file.read().strip()) or failed
    if "csv" in only:
        failed = not uploaded(arguments, key) or failed
    if "tasks" in only:
        failed = not tasks(arguments, key) or failed
    sys.exit(1 if failed else 0)


main()
