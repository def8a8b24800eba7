-- The books of Wattledger. Every tenant table starts its primary key, unique indexes and foreign keys with org_id:
-- row-level security, and later distribution over many machines, both depend on it.
-- Roles: wl_owner runs this file and owns the tables; wl_app is the web; wl_worker posts. None bypasses row-level security.

create function app_org() returns uuid language sql stable
  as $$ select nullif(current_setting('app.org_id', true), '')::uuid $$;
create function app_user_id() returns uuid language sql stable
  as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;
create function app_key_id() returns text language sql stable
  as $$ select nullif(current_setting('app.key_id', true), '') $$;

-- ── Organisations and people ────────────────────────────────────────────────────────────────────────────────────────────

create table organization (
  org_id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null,
  is_demo boolean not null default false,
  created_at timestamptz not null default now()
);

create table app_user (
  user_id uuid primary key,
  email text not null unique check (email = lower(email)),
  name text,
  password_hash text not null,
  created_at timestamptz not null default now()
);

create table membership (
  org_id uuid not null references organization,
  user_id uuid not null references app_user,
  role text not null check (role in ('owner', 'admin', 'analyst', 'ml', 'viewer', 'auditor')),
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (org_id, user_id)
);
create index membership_user on membership (user_id);

create table api_key (
  org_id uuid not null references organization,
  key_id text not null,
  name text not null,
  digest bytea not null,
  scopes text[] not null check (scopes <@ array['ingest', 'read', 'admin'] and cardinality(scopes) > 0),
  created_by uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  primary key (org_id, key_id)
);
create index api_key_by_id on api_key (key_id);

create table audit_event (
  org_id uuid not null references organization,
  event_id uuid not null,
  at timestamptz not null default now(),
  actor_kind text not null check (actor_kind in ('user', 'key', 'system')),
  actor_id text not null,
  action text not null,
  object_kind text not null,
  object_id text not null,
  detail jsonb not null default '{}',
  primary key (org_id, event_id)
);

-- ── Registry: what is accounted for, and where it runs ──────────────────────────────────────────────────────────────────

create table team (
  org_id uuid not null references organization,
  team_id uuid not null,
  name text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, team_id),
  unique (org_id, name)
);

create table model (
  org_id uuid not null references organization,
  model_id uuid not null,
  name text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, model_id),
  unique (org_id, name)
);

create table site (
  org_id uuid not null references organization,
  site_id uuid not null,
  slug text not null,
  name text not null,
  zone text,
  deployment text check (deployment in ('owned', 'colocation_controlled', 'colocation', 'cloud', 'api', 'customer')),
  cloud_region text,
  declared_pue double precision check (declared_pue >= 1),
  declared_pue_source text,
  created_at timestamptz not null default now(),
  primary key (org_id, site_id),
  unique (org_id, slug)
);

create table service (
  org_id uuid not null references organization,
  service_id uuid not null,
  name text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, service_id),
  unique (org_id, name)
);

create table run (
  org_id uuid not null references organization,
  run_id uuid not null,
  name text not null,
  -- What the sender said last, for lists; accounting reads the attribution of each reading instead.
  team_id uuid,
  model_id uuid,
  stage text,
  hardware text,
  hardware_count integer,
  details jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (org_id, run_id),
  unique (org_id, name),
  foreign key (org_id, team_id) references team,
  foreign key (org_id, model_id) references model
);

-- A CodeCarbon experiment: its client sends no team, model or stage, so they are said here once for all of its runs.
create table experiment (
  org_id uuid not null references organization,
  experiment_id text not null,
  name text not null,
  team_id uuid,
  model_id uuid,
  stage text not null check (stage in ('data-preparation', 'training', 'fine-tuning', 'evaluation', 'inference')),
  deployment text not null check (deployment in ('owned', 'colocation_controlled', 'colocation', 'cloud', 'api', 'customer')),
  site_id uuid,
  -- the PUE that the client was configured with, when someone said so: its energies already include it
  pue_at_source double precision check (pue_at_source >= 1),
  created_at timestamptz not null default now(),
  primary key (org_id, experiment_id),
  foreign key (org_id, team_id) references team,
  foreign key (org_id, model_id) references model,
  foreign key (org_id, site_id) references site
);

-- One sending client by protocol, as it shows on the Sources page.
create table source (
  org_id uuid not null references organization,
  source_id uuid not null,
  protocol text not null check (protocol in ('native', 'activities', 'codecarbon')),
  name text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, source_id),
  unique (org_id, protocol, name)
);

-- ── Evidence: append-only ───────────────────────────────────────────────────────────────────────────────────────────────

-- One meter as a source names it. A meter at a site is one physical thing; without a site its name is known only inside its
-- workload, so workload_id keeps the "gpu0" of two machines apart. Identity never holds attribution.
create table series (
  org_id uuid not null references organization,
  series_id uuid not null,
  source_id uuid not null,
  site_id uuid,
  workload_id uuid,
  meter text not null,
  kind text not null check (kind in ('power', 'counter', 'delta')),
  unit text not null check (unit in ('W', 'kW', 'J', 'mJ', 'Wh', 'kWh')),
  boundary text not null check (boundary in ('it', 'facility')),
  created_at timestamptz not null default now(),
  primary key (org_id, series_id),
  unique nulls not distinct (org_id, source_id, site_id, workload_id, meter, kind, unit, boundary),
  foreign key (org_id, source_id) references source,
  foreign key (org_id, site_id) references site,
  check (site_id is null or workload_id is null)
);

-- The context that a sender gave with its readings: which workload they belong to and what was known of place and overhead.
-- A reading holds the meter until the next reading of its series. Without run and service it is a site's own meter.
create table attribution (
  org_id uuid not null references organization,
  attribution_id uuid not null,
  run_id uuid,
  service_id uuid,
  team_id uuid,
  model_id uuid,
  stage text check (stage in ('data-preparation', 'training', 'fine-tuning', 'evaluation', 'inference')),
  site_id uuid,
  zone text,
  zone_source text,
  cloud_region text,
  deployment text not null check (deployment in ('owned', 'colocation_controlled', 'colocation', 'cloud', 'api', 'customer')),
  declared_pue double precision,
  declared_g_per_kwh double precision,
  hardware text,
  hardware_count integer,
  created_at timestamptz not null default now(),
  primary key (org_id, attribution_id),
  foreign key (org_id, run_id) references run,
  foreign key (org_id, service_id) references service,
  foreign key (org_id, team_id) references team,
  foreign key (org_id, model_id) references model,
  foreign key (org_id, site_id) references site
);
create index attribution_run on attribution (org_id, run_id);
create index attribution_zone on attribution (org_id, zone);
create index attribution_site on attribution (org_id, site_id);

-- One accepted request: its readings as columns (lib/ledger/codec.ts), with the series and attributions they name.
create table reading_batch (
  org_id uuid not null references organization,
  batch_id uuid not null,
  source_id uuid not null,
  key_id text,
  received_at timestamptz not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  readings integer not null check (readings > 0),
  codec smallint not null,
  series_ids uuid[] not null,
  attribution_ids uuid[] not null,
  payload bytea not null,
  sha256 bytea not null,
  primary key (org_id, batch_id),
  -- the same request sent twice is stored once
  unique (org_id, sha256),
  foreign key (org_id, source_id) references source
);
alter table reading_batch alter column payload set storage external;
create index reading_batch_source on reading_batch (org_id, source_id, received_at desc);

-- Which batches hold readings of a UTC day, and on which days a series was read: how a day finds its evidence.
create table batch_day (
  org_id uuid not null,
  day date not null,
  batch_id uuid not null,
  primary key (org_id, day, batch_id),
  foreign key (org_id, batch_id) references reading_batch
);
create table series_day (
  org_id uuid not null,
  series_id uuid not null,
  day date not null,
  -- true: no reading on this day, but readings before and after it, so that their interval bears on it
  spanned boolean not null,
  primary key (org_id, series_id, day),
  foreign key (org_id, series_id) references series
);
create index series_day_by_day on series_day (org_id, day);

create table rejection_count (
  org_id uuid not null references organization,
  source_id uuid not null,
  day date not null,
  reason text not null,
  readings bigint not null,
  primary key (org_id, source_id, day, reason),
  foreign key (org_id, source_id) references source
);

create table idempotency (
  org_id uuid not null references organization,
  route text not null,
  key text not null,
  digest bytea not null,
  status integer not null,
  body jsonb not null,
  created_at timestamptz not null default now(),
  primary key (org_id, route, key)
);

-- Work list: a day that must be (re)posted, from due_at on. Written in the transaction of its cause; removed only at the
-- generation posted. A provisional day stays, due again when it settles.
create table open_day (
  org_id uuid not null references organization,
  day date not null,
  generation bigint not null default 1,
  due_at timestamptz not null default now(),
  opened_at timestamptz not null default now(),
  touched_at timestamptz not null default now(),
  primary key (org_id, day)
);

-- ── Facts from outside ──────────────────────────────────────────────────────────────────────────────────────────────────

-- owner_id: an organisation, or the zero UUID for shared rows, which only the operator writes. A correction is revision n+1.
create table grid_intensity (
  owner_id uuid not null,
  zone text not null,
  basis text not null check (basis in ('direct', 'lifecycle')),
  month date not null check (extract(day from month) = 1),
  revision integer not null check (revision > 0),
  g_per_kwh double precision[] not null,
  estimated boolean[] not null,
  source text not null,
  retrieved_at timestamptz not null default now(),
  sha256 bytea not null,
  primary key (owner_id, zone, basis, month, revision),
  check (cardinality(g_per_kwh) = cardinality(estimated))
);

create table zone (
  zone text primary key,
  name text not null,
  country_iso2 text,
  country_iso3 text,
  time_zone text
);

-- Other people's names for a zone: ISO country, eGRID subregion.
create table zone_alias (
  kind text not null check (kind in ('country', 'egrid')),
  alias text not null,
  zone text not null,
  source text not null,
  primary key (kind, alias)
);

create table cloud_region (
  provider text not null,
  region text not null,
  location text,
  country_iso2 text,
  zone text,
  egrid_subregion text,
  pue double precision,
  pue_year integer,
  latitude double precision,
  longitude double precision,
  status text not null,
  source text not null,
  primary key (provider, region)
);

-- One number (or typical-hour table) from outside. A version is never edited: a new file gives a new version.
create table factor (
  owner_id uuid not null,
  factor_id text not null,
  kind text not null check (kind in ('grid-direct-year', 'grid-lifecycle-year', 'grid-profile', 'pue')),
  name text not null,
  zone text,
  country_iso3 text,
  level text,
  primary key (owner_id, factor_id)
);
create index factor_zone on factor (zone, kind);

create table factor_version (
  owner_id uuid not null,
  factor_id text not null,
  version integer not null,
  year integer,
  value double precision,
  profile jsonb,
  unit text not null,
  basis text,
  gases text,
  source text not null,
  source_url text,
  licence text,
  status text not null,
  note text,
  sha256 bytea not null,
  created_at timestamptz not null default now(),
  primary key (owner_id, factor_id, version),
  foreign key (owner_id, factor_id) references factor,
  check (value is not null or profile is not null or status in ('not-found', 'not-published'))
);

-- ── Ledger ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

-- One attribution × UTC day × revision: 24 cells a vector, null where unknown. Settled rows are append-only.
create table entry (
  org_id uuid not null references organization,
  day date not null,
  attribution_id uuid not null,
  revision integer not null check (revision > 0),
  entry_id uuid not null,
  -- false: energy of the attribution itself; true: the part of a site's IT meter that no workload claims.
  unallocated boolean not null,
  status text not null check (status in ('provisional', 'settled')),
  is_current boolean not null,
  it_uwh bigint[] not null,
  facility_uwh bigint[] not null,
  location_mg bigint[] not null,
  pue double precision[] not null,
  g_per_kwh double precision[] not null,
  energy_tier smallint[] not null,
  overhead_tier smallint[] not null,
  intensity_tier smallint[] not null,
  -- true where the intensity is a life-cycle average: shown, kept out of Scope 2 rows.
  screening boolean[] not null,
  -- index into factors, per cell
  intensity_factor smallint[] not null,
  overhead_factor smallint[] not null,
  factors jsonb not null,
  gap text[] not null,
  covered_ms bigint[] not null,
  elapsed_ms bigint[] not null,
  total_it_uwh bigint,
  total_facility_uwh bigint,
  total_location_mg bigint,
  first_at timestamptz,
  last_at timestamptz,
  series_ids uuid[] not null,
  method_version text not null,
  input_sha256 bytea not null,
  posted_at timestamptz not null,
  primary key (org_id, day, attribution_id, unallocated, revision),
  foreign key (org_id, attribution_id) references attribution,
  check (cardinality(it_uwh) = 24 and cardinality(facility_uwh) = 24 and cardinality(location_mg) = 24
    and cardinality(pue) = 24 and cardinality(g_per_kwh) = 24 and cardinality(energy_tier) = 24
    and cardinality(overhead_tier) = 24 and cardinality(intensity_tier) = 24 and cardinality(screening) = 24
    and cardinality(intensity_factor) = 24 and cardinality(overhead_factor) = 24 and cardinality(gap) = 24
    and cardinality(covered_ms) = 24 and cardinality(elapsed_ms) = 24)
);
create unique index entry_current on entry (org_id, day, attribution_id, unallocated) where is_current;
create index entry_by_attribution on entry (org_id, attribution_id, day) where is_current;
create index entry_by_id on entry (org_id, entry_id);

create function refuse_settled_change() returns trigger language plpgsql as $$
begin
  if old.status = 'settled' then
    if tg_op = 'DELETE' then
      raise exception 'settled ledger entries are append-only' using errcode = 'restrict_violation';
    end if;
    if to_jsonb(old) - 'is_current' is distinct from to_jsonb(new) - 'is_current' or new.is_current then
      raise exception 'settled ledger entries are append-only' using errcode = 'restrict_violation';
    end if;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger entry_append_only before update or delete on entry for each row execute function refuse_settled_change();

-- ── Cubes: what a panel reads; row counts do not grow with the number of series ─────────────────────────────────────────

create table emission_day (
  org_id uuid not null references organization,
  day date not null,
  team_id uuid,
  model_id uuid,
  stage text,
  site_id uuid,
  zone text,
  deployment text not null,
  it_uwh numeric(38, 0),
  facility_uwh numeric(38, 0),
  location_mg numeric(38, 0),
  screening_mg numeric(38, 0) not null,
  -- location_mg by the worst of its three tiers
  tier1_mg numeric(38, 0) not null,
  tier2_mg numeric(38, 0) not null,
  tier3_mg numeric(38, 0) not null,
  tier4_mg numeric(38, 0) not null,
  tier5_mg numeric(38, 0) not null,
  known_hours bigint not null,
  gap_hours bigint not null,
  covered_ms numeric(38, 0) not null,
  elapsed_ms numeric(38, 0) not null,
  entries integer not null,
  provisional boolean not null,
  unique nulls not distinct (org_id, day, team_id, model_id, stage, site_id, zone, deployment)
);
create index emission_day_model on emission_day (org_id, model_id, day);

create table emission_month (
  org_id uuid not null references organization,
  month date not null,
  team_id uuid,
  model_id uuid,
  stage text,
  site_id uuid,
  zone text,
  deployment text not null,
  it_uwh numeric(38, 0),
  facility_uwh numeric(38, 0),
  location_mg numeric(38, 0),
  screening_mg numeric(38, 0) not null,
  tier1_mg numeric(38, 0) not null,
  tier2_mg numeric(38, 0) not null,
  tier3_mg numeric(38, 0) not null,
  tier4_mg numeric(38, 0) not null,
  tier5_mg numeric(38, 0) not null,
  known_hours bigint not null,
  gap_hours bigint not null,
  covered_ms numeric(38, 0) not null,
  elapsed_ms numeric(38, 0) not null,
  entries integer not null,
  provisional boolean not null,
  unique nulls not distinct (org_id, month, team_id, model_id, stage, site_id, zone, deployment)
);
create index emission_month_model on emission_month (org_id, model_id, month);

-- A site's day from its own meters. Energies cover the hours in which both meters are known, so PUE = facility ÷ IT.
create table facility_day (
  org_id uuid not null references organization,
  site_id uuid not null,
  day date not null,
  zone text,
  it_uwh numeric(38, 0),
  facility_uwh numeric(38, 0),
  -- facility energy × hourly intensity, over the hours where both are known, and the IT energy of those hours: CUE
  cue_mg numeric(38, 0),
  cue_it_uwh numeric(38, 0),
  it_basis text not null check (it_basis in ('meter', 'workloads')),
  paired_hours integer not null,
  facility_hours integer not null,
  provisional boolean not null,
  primary key (org_id, site_id, day),
  foreign key (org_id, site_id) references site
);

-- ── Row-level security ──────────────────────────────────────────────────────────────────────────────────────────────────

do $$
declare t text;
begin
  foreach t in array array['organization', 'membership', 'api_key', 'audit_event', 'team', 'model', 'site', 'service', 'run', 'experiment',
    'source', 'series', 'attribution', 'reading_batch', 'batch_day', 'series_day', 'rejection_count', 'idempotency',
    'open_day', 'entry', 'emission_day', 'emission_month', 'facility_day']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I using (org_id = app_org()) with check (org_id = app_org())', t);
  end loop;
  foreach t in array array['grid_intensity', 'factor', 'factor_version']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_or_shared on %I for select using (owner_id = app_org() or owner_id = %L)',
      t, '00000000-0000-0000-0000-000000000000');
    execute format('create policy own_write on %I for insert with check (owner_id = app_org())', t);
    execute format('create policy operator_write on %I for insert to wl_owner with check (owner_id = %L)',
      t, '00000000-0000-0000-0000-000000000000');
  end loop;
end $$;

-- What is needed before an organisation is known.
create policy own_memberships on membership for select using (user_id = app_user_id());
create policy own_organizations on organization for select
  using (exists (select 1 from membership m where m.org_id = organization.org_id and m.user_id = app_user_id()));
create policy presented_key on api_key for select using (key_id = app_key_id());
create policy work_list on open_day for select to wl_worker using (true);

-- People are global: one sign-in, many organisations. The web sees itself and its colleagues, never a password digest.
alter table app_user enable row level security;
create policy self_and_colleagues on app_user for select
  using (user_id = app_user_id()
    or exists (select 1 from membership m where m.org_id = app_org() and m.user_id = app_user.user_id));

create function person_by_email(p_email text)
  returns table (user_id uuid, email text, name text, password_hash text)
  language sql stable security definer set search_path = public
  as $$ select user_id, email, name, password_hash from app_user where email = lower(p_email) $$;
revoke all on function person_by_email from public;

-- The operator's command line names organisations by slug; forced row-level security hides them from wl_owner too.
create policy operator_reads_names on organization for select to wl_owner using (true);
create function organization_id(p_slug text) returns uuid language sql stable
  as $$ select org_id from organization where slug = p_slug $$;
grant execute on function person_by_email to wl_app;

-- ── Privileges: what each process does, and no more ─────────────────────────────────────────────────────────────────────

grant usage on schema public to wl_app, wl_worker;
grant select on all tables in schema public to wl_app, wl_worker;
revoke select on app_user from wl_app, wl_worker;
grant select (user_id, email, name) on app_user to wl_app;

grant insert, update on api_key, team, model, site, service, run, experiment, open_day, rejection_count to wl_app;
grant insert on audit_event, source, series, attribution, reading_batch, batch_day, series_day, idempotency, grid_intensity
  to wl_app;
grant update (spanned) on series_day to wl_app;

grant insert, update on open_day to wl_worker;
grant delete on open_day to wl_worker;
grant insert, update, delete on entry, emission_day, emission_month, facility_day to wl_worker;
