CREATE OR REPLACE FUNCTION get_table_statistics()
    RETURNS TABLE (table_name text, live_rows bigint, dead_rows bigint, dead_percent numeric, total_bytes bigint, index_bytes bigint,
        sequential_scans bigint, index_scans bigint, last_vacuumed_at timestamptz, last_analyzed_at timestamptz)
    LANGUAGE sql
    STABLE
    SET search_path = public, pg_temp
AS $$
    SELECT s.relname::text, s.n_live_tup, s.n_dead_tup,
        coalesce(round(100.0 * s.n_dead_tup / nullif(s.n_live_tup + s.n_dead_tup, 0), 2), 0),
        pg_total_relation_size(s.relid), pg_indexes_size(s.relid), s.seq_scan, coalesce(s.idx_scan, 0),
        greatest(s.last_vacuum, s.last_autovacuum), greatest(s.last_analyze, s.last_autoanalyze)
    FROM pg_stat_user_tables s
    WHERE s.schemaname = 'public'
    ORDER BY pg_total_relation_size(s.relid) DESC, s.relname
$$;

COMMENT ON FUNCTION get_table_statistics() IS
    'How large each table is, how many of its rows are alive and dead as the server estimates, how it is read, and when it was last vacuumed and analysed; the largest first';

CREATE OR REPLACE FUNCTION get_index_usage_statistics()
    RETURNS TABLE (table_name text, index_name text, scans bigint, rows_read bigint, bytes bigint, is_unique boolean, is_valid boolean)
    LANGUAGE sql
    STABLE
    SET search_path = public, pg_temp
AS $$
    SELECT s.relname::text, s.indexrelname::text, s.idx_scan, s.idx_tup_read, pg_relation_size(s.indexrelid), i.indisunique,
        i.indisvalid
    FROM pg_stat_user_indexes s
    JOIN pg_index i ON i.indexrelid = s.indexrelid
    WHERE s.schemaname = 'public'
    ORDER BY pg_relation_size(s.indexrelid) DESC, s.indexrelname
$$;

COMMENT ON FUNCTION get_index_usage_statistics() IS
    'How large each index is and how often it was read since the statistics began; the largest first. One that is unique is used without being read';

CREATE OR REPLACE FUNCTION get_cache_hit_ratios()
    RETURNS TABLE (kind text, blocks_hit bigint, blocks_read bigint, hit_percent numeric)
    LANGUAGE sql
    STABLE
    SET search_path = public, pg_temp
AS $$
    SELECT k.kind, k.hit::bigint, k.read::bigint, round(100.0 * k.hit / nullif(k.hit + k.read, 0), 2)
    FROM (
        SELECT 'tables' AS kind, coalesce(sum(heap_blks_hit), 0) AS hit, coalesce(sum(heap_blks_read), 0) AS read
        FROM pg_statio_user_tables
        UNION ALL
        SELECT 'indexes', coalesce(sum(idx_blks_hit), 0), coalesce(sum(idx_blks_read), 0)
        FROM pg_statio_user_indexes
    ) k
    ORDER BY k.kind DESC
$$;

COMMENT ON FUNCTION get_cache_hit_ratios() IS
    'How many blocks of tables and of indexes were found in the server''s own memory, and how many were not, since the statistics began; no percentage before any was asked for';

CREATE OR REPLACE FUNCTION check_database_health(p_longest_lock_wait interval DEFAULT '5 seconds')
    RETURNS TABLE (check_name text, status text, value numeric, warning_from numeric, critical_from numeric, message text)
    LANGUAGE sql
    STABLE
    SET search_path = public, pg_temp
AS $$
    WITH measured (place, check_name, value, warning_from, critical_from, message) AS (
        SELECT 1, 'connections', round(100.0 * sum(d.numbackends) / current_setting('max_connections')::numeric, 2), 70.0, 90.0,
            format('%s connections of at most %s of the whole server', sum(d.numbackends), current_setting('max_connections'))
        FROM pg_stat_database d
        UNION ALL
        -- Below so many blocks the ratio tells of the start only.
        SELECT CASE r.kind WHEN 'tables' THEN 2 ELSE 3 END, r.kind || '-in-memory',
            CASE WHEN r.blocks_hit + r.blocks_read >= 100000 THEN r.hit_percent END, 95.0, 90.0,
            format('%s blocks of %s were found in memory, %s were not', r.blocks_hit, r.kind, r.blocks_read)
        FROM get_cache_hit_ratios() r
        UNION ALL
        SELECT 4, 'dead-rows', max(t.dead_percent), 10.0, 20.0,
            coalesce(format('the most in %s', (array_agg(t.table_name ORDER BY t.dead_percent DESC))[1]),
                'no table has 10,000 rows')
        FROM get_table_statistics() t
        WHERE t.live_rows + t.dead_rows >= 10000
        UNION ALL
        SELECT 5, 'waiting-for-locks', count(*), 1.0, 10.0,
            format('%s sessions wait longer than %s for a lock', count(*), p_longest_lock_wait)
        FROM pg_locks l
        WHERE NOT l.granted AND l.waitstart <= clock_timestamp() - p_longest_lock_wait
          AND l.pid IN (SELECT a.pid FROM pg_stat_activity a WHERE a.datname = current_database())
        UNION ALL
        SELECT 6, 'transaction-ids', round(100.0 * age(d.datfrozenxid) / 2147483647, 2), 40.0, 70.0,
            'how many of all transaction ids have passed since the oldest row was frozen'
        FROM pg_database d
        WHERE d.datname = current_database()
        UNION ALL
        SELECT 7, 'invalid-indexes', count(*), 1.0, NULL,
            coalesce('drop and build anew: ' || string_agg(i.index_name, ', ' ORDER BY i.index_name), 'all indexes are used')
        FROM get_index_usage_statistics() i
        WHERE NOT i.is_valid
    )
    SELECT m.check_name,
        CASE
            WHEN m.value IS NULL THEN 'OK'
            WHEN m.critical_from < m.warning_from AND m.value < m.critical_from THEN 'CRITICAL'
            WHEN m.critical_from < m.warning_from AND m.value < m.warning_from THEN 'WARNING'
            WHEN m.critical_from < m.warning_from THEN 'OK'
            WHEN m.value >= m.critical_from THEN 'CRITICAL'
            WHEN m.value >= m.warning_from THEN 'WARNING'
            ELSE 'OK'
        END,
        m.value, m.warning_from, m.critical_from, m.message
    FROM measured m
    ORDER BY m.place
$$;

COMMENT ON FUNCTION check_database_health(interval) IS
    'Checks of this database, each OK, WARNING or CRITICAL, with what was measured: percentages, or a count of sessions and indexes. NULL where there is too little to measure. Reads statistics only';

-- For operators, who ask as whoever only reads.
DO $$
BEGIN
    EXECUTE format('GRANT EXECUTE ON FUNCTION get_table_statistics(), get_index_usage_statistics(), get_cache_hit_ratios(),
        check_database_health(interval) TO %I', service_role('readonly'));
END;
$$;
