-- Which series and attributions a batch that names them by number holds; null for batches that list their ids.
alter table reading_batch add column series_set int4multirange;
alter table reading_batch add column attribution_set int4multirange;
-- The newest distinct label sets of a source, so that a mapping can be tried on what it really sends.
alter table source add column seen jsonb not null default '{}';
