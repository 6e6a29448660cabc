CREATE VIEW bi_cases AS
SELECT substr(stream, 6)::uuid AS case_id, number, decision_number, procedure, agency, agency_name, region, item, item_name,
       item_version, field, party, party_kind, source_kind, stage, filed::date AS filed, decided::date AS decided,
       closed::date AS closed, archived::date AS archived, withheld <> 0 AS withheld, major <> 0 AS major,
       fine_fen / 100.0::numeric AS fine_yuan, paid_fen / 100.0::numeric AS paid_yuan, tier,
       publicised::date AS publicised, withdrawn::date AS withdrawn, overturned
FROM cases;
COMMENT ON VIEW bi_cases IS 'Enforcement cases (案件), one row each; money in yuan, days in China''s time zone.';
COMMENT ON COLUMN bi_cases.stage IS 'The furthest stage reached: file, investigate, notify, state, hear, legal_review, deliberate, decide, serve, publicise, execute, close, archive.';
COMMENT ON COLUMN bi_cases.withheld IS 'Decided not to punish (不予处罚).';
CREATE VIEW bi_findings AS
SELECT stream, seq, n, kind, rule, citation, agency, region, day::date AS day, mode, zh, en FROM findings;
COMMENT ON VIEW bi_findings IS 'Findings that events prove (问题). Deadlines that are overdue by time alone are in bi_deadlines.';
CREATE VIEW bi_deadlines AS
SELECT stream, clock, rule, citation, zh, en, agency, region, to_timestamp(start_at / 1000000.0) AS started,
       due::date AS due, to_timestamp(due_us / 1000000.0) AS due_at, suspended_since::date AS suspended_since,
       no_calendar AS no_calendar_year, to_timestamp(stopped / 1000000.0) AS stopped, state,
       state = 'running' AND due_us IS NOT NULL AND to_timestamp(due_us / 1000000.0) < now() AS overdue
FROM deadlines;
COMMENT ON VIEW bi_deadlines IS 'Statutory clocks (期限); overdue is computed when read.';
CREATE VIEW bi_scorecard AS
SELECT agency, region, to_date(month, 'YYYY-MM') AS month, filed, decided, withheld, closed, fine_fen / 100.0::numeric AS fine_yuan,
       paid_fen / 100.0::numeric AS paid_yuan, notice_passed, notice_counted, review_passed, review_counted,
       records_passed, records_counted, publication_met, publication_missed, decision_met, decision_missed,
       events, late_events, violations, missed_deadlines, missing_duties, late_recordings, refused_attempts
FROM scorecard;
COMMENT ON VIEW bi_scorecard IS 'Counters per agency and month, as numerators and denominators. No ranking by fines (行政处罚法 74).';
CREATE VIEW bi_timeline AS
SELECT stream, seq, source, log_index, kind, to_timestamp(happened / 1000000.0) AS happened,
       to_timestamp(recorded / 1000000.0) AS recorded, late <> 0 AS late, actor, agency, region,
       string_to_array(nullif(rules, ''), ',') AS rules, data::jsonb AS data
FROM timeline;
COMMENT ON VIEW bi_timeline IS 'Every recorded event (审计), both times, with its data as JSON.';
