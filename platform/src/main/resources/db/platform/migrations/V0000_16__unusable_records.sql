-- Records of a broker that hold no event that could be kept: set aside whole, so that they hold up nothing and are not lost.

CREATE TABLE unusable_records (
    topic text NOT NULL,
    topic_partition integer NOT NULL,
    topic_offset bigint NOT NULL,
    set_aside_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason text NOT NULL,
    headers text NOT NULL,
    key bytea,
    value bytea,
    CONSTRAINT unusable_records_pkey PRIMARY KEY (topic, topic_partition, topic_offset)
);

COMMENT ON TABLE unusable_records IS 'Platform table: records that the broker brought and nobody can handle. Whoever has dealt with one deletes its row.';
COMMENT ON COLUMN unusable_records.topic IS 'The topic in which it is.';
COMMENT ON COLUMN unusable_records.topic_partition IS 'The partition of the topic.';
COMMENT ON COLUMN unusable_records.topic_offset IS 'Its place in the partition.';
COMMENT ON COLUMN unusable_records.set_aside_at IS 'When it was set aside.';
COMMENT ON COLUMN unusable_records.reason IS 'Why it cannot be used.';
COMMENT ON COLUMN unusable_records.headers IS 'Its headers, one a line, for people to read: what is no text is replaced.';
COMMENT ON COLUMN unusable_records.key IS 'Its key, as it came.';
COMMENT ON COLUMN unusable_records.value IS 'Its value, as it came.';

-- Nobody knows whose data it is, so no tenant's role may see it.
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON unusable_records FROM %I', service_role('app'));
END;
$$;
