CREATE VIEW bi_cases AS
SELECT id AS case_id, source, kind, number, decision_number, procedure, agency, agency_name, region, item, item_name,
       item_version, field, party, party_kind, origin, stage, opened::date AS filed, decided::date AS decided,
       ended::date AS closed, archived::date AS archived, outcome, major <> 0 AS major,
       imposed_fen / 100.0::numeric AS fine_yuan, paid_fen / 100.0::numeric AS paid_yuan, tier,
       published::date AS publicised, withdrawn::date AS withdrawn, overturned
FROM matters;
COMMENT ON VIEW bi_cases IS 'Matters of all services (案件、申请等), one row each; money in yuan, days in China''s time zone.';
COMMENT ON COLUMN bi_cases.stage IS 'The furthest stage reached; a word of the service.';
COMMENT ON COLUMN bi_cases.outcome IS 'What the decision came to; a word of the service.';
CREATE VIEW bi_findings AS
SELECT stream, seq, n, kind, rule, citation, agency, region, day::date AS day, mode, zh, en FROM findings
WHERE kind <> 'not_checked';
COMMENT ON VIEW bi_findings IS 'Findings that events prove (问题). Deadlines that are overdue by time alone are in bi_deadlines.';
CREATE VIEW bi_not_checked AS
SELECT stream, seq, n, rule, agency, region, day::date AS day, mode, zh, en FROM findings WHERE kind = 'not_checked';
COMMENT ON VIEW bi_not_checked IS 'Rules that acts could not be held against, and why (未能核对): no fault.';
CREATE VIEW bi_deadlines AS
SELECT stream, clock, rule, citation, zh, en, agency, region, to_timestamp(start_at / 1000000.0) AS started,
       due::date AS due, to_timestamp(due_us / 1000000.0) AS due_at, suspended_since::date AS suspended_since,
       no_calendar AS no_calendar_year, to_timestamp(stopped / 1000000.0) AS stopped, state,
       state = 'running' AND due_us IS NOT NULL AND to_timestamp(due_us / 1000000.0) < now() AS overdue
FROM deadlines;
COMMENT ON VIEW bi_deadlines IS 'Statutory clocks (期限); overdue is computed when read.';
CREATE VIEW bi_scorecard AS
SELECT agency, region, to_date(month, 'YYYY-MM') AS month, opened AS filed, decided, ended AS closed,
       imposed_fen / 100.0::numeric AS fine_yuan, paid_fen / 100.0::numeric AS paid_yuan, clocks_met, clocks_missed,
       events, late_events, violations, missed_deadlines, missing_duties, late_recordings, refused_attempts,
       not_checked
FROM scorecard;
COMMENT ON VIEW bi_scorecard IS 'Counters per agency and month, as numerators and denominators. No ranking by fines (行政处罚法 74).';
CREATE VIEW bi_indicators AS
SELECT agency, region, to_date(month, 'YYYY-MM') AS month, indicator, counted, passed FROM indicators;
COMMENT ON VIEW bi_indicators IS 'Indicators of the services per agency and month: what counts, and of it what passes.';
CREATE VIEW bi_outcomes AS
SELECT agency, region, date_trunc('month', decided::date)::date AS month, source, kind, outcome, count(*) AS decided
FROM matters WHERE decided IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6;
COMMENT ON VIEW bi_outcomes IS 'Decisions per agency and month by what they came to.';
CREATE VIEW bi_timeline AS
SELECT stream, seq, source, log_index, kind, to_timestamp(happened / 1000000.0) AS happened,
       to_timestamp(recorded / 1000000.0) AS recorded, late <> 0 AS late, actor, agency, region,
       string_to_array(nullif(rules, ''), ',') AS rules, data::jsonb AS data
FROM timeline;
COMMENT ON VIEW bi_timeline IS 'Every recorded event (审计), both times, with its data as JSON.';
