-- It talks to what people already run: further units and protocols, devices that two exporters measure, what was left out or refused,
-- connectors that fetch, forecasts and marginal intensities apart from actual averages, cloud footprints, and compacted readings.

-- ── Series ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

alter table series drop constraint series_unit_check;
alter table series add constraint series_unit_check
  check (unit in ('W', 'kW', 'MW', 'mW', 'µW', 'J', 'kJ', 'MJ', 'mJ', 'µJ', 'Wh', 'kWh', 'MWh'));
-- The physical thing that was measured, as every exporter names it (a GPU's UUID): what tells that two series measure the same.
alter table series add column device text;
-- Which part of a machine: a whole and its parts are never both counted.
alter table series add column component text
  check (component in ('host', 'cpu', 'gpu', 'memory', 'storage', 'network', 'pod', 'other'));
-- Exporters that measure the same device are taken in this order; a lower number goes first.
alter table series add column preference smallint not null default 100;
-- A small name of the series, and of an attribution, inside its organisation: what encoded batches refer to.
alter table series add column number integer;
alter table attribution add column number integer;
alter table series no force row level security;
alter table attribution no force row level security;
update series set number = numbered.place
  from (select org_id, series_id, row_number() over (partition by org_id order by created_at, series_id) as place from series) numbered
  where numbered.org_id = series.org_id and numbered.series_id = series.series_id;
update attribution set number = numbered.place
  from (select org_id, attribution_id, row_number() over (partition by org_id order by created_at, attribution_id) as place
    from attribution) numbered
  where numbered.org_id = attribution.org_id and numbered.attribution_id = attribution.attribution_id;
alter table series force row level security;
alter table attribution force row level security;
create unique index series_number on series (org_id, number);
create unique index attribution_number on attribution (org_id, number);
create index series_device on series (org_id, device) where device is not null;

-- ── Sources: how their labels are read, what they sent that was refused or left out ─────────────────────────────────────

-- SourceMapping of lib/contracts/mapping.ts: rules and labels that differ from the built-in ones, and what the sender never says.
alter table source add column mapping jsonb not null default '{}';
alter table source add column note text;

-- A refused item as it came, so that it can be mended and sent again. The newest of each source are kept.
create table rejected_reading (
  org_id uuid not null references organization,
  source_id uuid not null,
  rejection_id uuid not null,
  received_at timestamptz not null default now(),
  reason text not null,
  detail text,
  payload jsonb not null,
  replayed_at timestamptz,
  replayed_by text,
  primary key (org_id, rejection_id),
  foreign key (org_id, source_id) references source
);
create index rejected_reading_source on rejected_reading (org_id, source_id, received_at desc);

-- Samples that are no energy, or whose energy another series already tells.
create table left_out_count (
  org_id uuid not null references organization,
  source_id uuid not null,
  day date not null,
  metric text not null,
  reason text not null,
  samples bigint not null,
  primary key (org_id, source_id, day, metric, reason),
  foreign key (org_id, source_id) references source
);

-- The last value of a counter of functional units, so that the next one tells what was delivered between the two.
create table functional_counter (
  org_id uuid not null references organization,
  source_id uuid not null,
  series_key bytea not null,
  unit text not null,
  start_at timestamptz,
  last_at timestamptz not null,
  last_value double precision not null,
  primary key (org_id, source_id, series_key),
  foreign key (org_id, source_id) references source
);

-- ── Compacted readings: a cache, rebuilt from batches ───────────────────────────────────────────────────────────────────

-- One UTC hour × a shard of series: their readings as integer columns, and the hour's energy of each series.
create table reading_block (
  org_id uuid not null references organization,
  hour timestamptz not null,
  shard smallint not null,
  version integer not null,
  codec smallint not null,
  series integer not null,
  readings integer not null,
  payload bytea not null,
  compacted_at timestamptz not null default now(),
  primary key (org_id, hour, shard)
);
alter table reading_block alter column payload set storage external;
-- Which batches of a day the day's blocks hold already.
alter table batch_day add column compacted boolean not null default false;
create index batch_day_loose on batch_day (org_id, day) where not compacted;

-- A worker that takes a day says so first; only then must a new batch raise its generation.
alter table open_day add column claimed_at timestamptz;

-- ── Connectors: what we fetch ───────────────────────────────────────────────────────────────────────────────────────────

create table connector (
  org_id uuid not null references organization,
  connector_id uuid not null,
  kind text not null check (kind in ('electricity-maps', 'watttime', 'gb-carbon-intensity', 'mlflow')),
  name text not null,
  settings jsonb not null default '{}',
  -- AES-256-GCM, sealed for this organisation, connector and key version; never read back by a route
  secret bytea,
  secret_key_version smallint,
  is_active boolean not null default true,
  -- where the next fetch goes on
  cursor jsonb not null default '{}',
  -- of a back-fill: {"from": …, "to": …, "done": …}
  progress jsonb not null default '{}',
  next_at timestamptz not null default now(),
  last_started_at timestamptz,
  last_ok_at timestamptz,
  last_error text,
  failures integer not null default 0,
  created_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (org_id, connector_id)
);

-- Marginal intensities answer another question than averages and never stand in for them.
alter table grid_intensity drop constraint grid_intensity_basis_check;
alter table grid_intensity add constraint grid_intensity_basis_check check (basis in ('direct', 'lifecycle', 'marginal'));

-- What was expected, apart from what was: never posted.
create table grid_forecast (
  owner_id uuid not null,
  zone text not null,
  basis text not null check (basis in ('direct', 'lifecycle', 'marginal')),
  issued_at timestamptz not null,
  first_hour timestamptz not null,
  g_per_kwh double precision[] not null,
  source text not null,
  retrieved_at timestamptz not null default now(),
  primary key (owner_id, zone, basis, issued_at)
);

-- ── Cloud providers' own footprints ─────────────────────────────────────────────────────────────────────────────────────

create table cloud_account (
  org_id uuid not null references organization,
  provider text not null check (provider in ('aws', 'gcp', 'azure')),
  account text not null,
  name text,
  -- the sites whose workloads run in this account: what the provider's figure is held against
  site_ids uuid[] not null default '{}',
  created_at timestamptz not null default now(),
  primary key (org_id, provider, account)
);

-- One line of a provider's export; of two model versions of a month the newest counts.
create table cloud_footprint (
  org_id uuid not null references organization,
  provider text not null,
  account text not null,
  month date not null check (extract(day from month) = 1),
  service text,
  region text,
  model_version text not null,
  scope1_mg numeric(38, 0),
  scope2_location_mg numeric(38, 0),
  scope2_market_mg numeric(38, 0),
  scope3_mg numeric(38, 0),
  total_location_mg numeric(38, 0),
  total_market_mg numeric(38, 0),
  given_unit text not null,
  file_sha256 bytea not null,
  imported_at timestamptz not null default now(),
  imported_by text not null,
  unique nulls not distinct (org_id, provider, account, month, service, region, model_version),
  foreign key (org_id, provider, account) references cloud_account
);

-- ── Row-level security and privileges ───────────────────────────────────────────────────────────────────────────────────

do $$
declare t text;
begin
  foreach t in array array['rejected_reading', 'left_out_count', 'functional_counter', 'reading_block', 'connector', 'cloud_account',
    'cloud_footprint']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (org_id = app_org()) with check (org_id = app_org())', t);
  end loop;
end $$;
alter table grid_forecast enable row level security;
alter table grid_forecast force row level security;
create policy own_or_shared on grid_forecast for select
  using (owner_id = app_org() or owner_id = '00000000-0000-0000-0000-000000000000');
create policy own_write on grid_forecast for insert with check (owner_id = app_org());
-- The worker finds due connectors of all organisations; it opens each inside its own organisation.
create policy work_list on connector for select to wl_worker using (true);

grant select on rejected_reading, left_out_count, functional_counter, reading_block, connector, cloud_account, cloud_footprint,
  grid_forecast to wl_app, wl_worker;
-- No web route reads a sealed secret.
revoke select on connector from wl_app;
grant select (org_id, connector_id, kind, name, settings, secret_key_version, is_active, cursor, progress, next_at, last_started_at,
  last_ok_at, last_error, failures, created_at, removed_at) on connector to wl_app;
grant insert, update on rejected_reading, left_out_count, functional_counter, connector, cloud_account, source to wl_app;
grant delete on rejected_reading to wl_app;
grant insert, delete on cloud_footprint to wl_app;
grant insert on grid_forecast to wl_app, wl_worker;
grant update on connector to wl_worker;
grant insert, update, delete on reading_block to wl_worker;
grant update (compacted) on batch_day to wl_worker;
-- What a connector fetches takes the same doors as what a sender brings.
grant insert on grid_intensity, source, series, attribution, reading_batch, batch_day, series_day, audit_event, functional_unit,
  left_out_count, functional_counter to wl_worker;
grant insert, update on team, model, site, service, run, rejection_count to wl_worker;
grant update on left_out_count, functional_counter, functional_unit to wl_worker;
grant update (spanned) on series_day to wl_worker;
