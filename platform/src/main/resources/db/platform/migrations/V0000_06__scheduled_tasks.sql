-- Jobs: the table of the scheduler library, and what became of each job's last run. Neither belongs to a tenant.

CREATE TABLE scheduled_tasks (
    task_name text NOT NULL,
    task_instance text NOT NULL,
    task_data bytea,
    execution_time timestamptz NOT NULL,
    picked boolean NOT NULL,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures integer,
    last_heartbeat timestamptz,
    version bigint NOT NULL,
    priority smallint,
    CONSTRAINT scheduled_tasks_pkey PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX idx_scheduled_tasks_execution_time ON scheduled_tasks (execution_time);
CREATE INDEX idx_scheduled_tasks_last_heartbeat ON scheduled_tasks (last_heartbeat);
CREATE INDEX idx_scheduled_tasks_priority_execution_time
    ON scheduled_tasks (priority DESC, execution_time ASC);

COMMENT ON TABLE scheduled_tasks IS 'Platform table: when which job runs next, and which node runs it; written by the scheduler library.';
COMMENT ON COLUMN scheduled_tasks.task_name IS 'The job.';
COMMENT ON COLUMN scheduled_tasks.task_instance IS 'Always the same for a recurring job.';
COMMENT ON COLUMN scheduled_tasks.task_data IS 'Not used by recurring jobs.';
COMMENT ON COLUMN scheduled_tasks.execution_time IS 'When it runs next.';
COMMENT ON COLUMN scheduled_tasks.picked IS 'Whether a node runs it now.';
COMMENT ON COLUMN scheduled_tasks.picked_by IS 'The node that runs it.';
COMMENT ON COLUMN scheduled_tasks.last_success IS 'When it succeeded last.';
COMMENT ON COLUMN scheduled_tasks.last_failure IS 'When it failed last.';
COMMENT ON COLUMN scheduled_tasks.consecutive_failures IS 'How often it failed since it succeeded.';
COMMENT ON COLUMN scheduled_tasks.last_heartbeat IS 'When the node that runs it was last alive.';
COMMENT ON COLUMN scheduled_tasks.version IS 'Grows with each change; two nodes cannot both change it.';
COMMENT ON COLUMN scheduled_tasks.priority IS 'Among due jobs, higher ones run first.';

CREATE TABLE job_results (
    name text NOT NULL,
    last_status text NOT NULL,
    last_started_at timestamptz NOT NULL,
    last_finished_at timestamptz,
    last_error text,
    run_count bigint NOT NULL DEFAULT 0,
    CONSTRAINT job_results_pkey PRIMARY KEY (name),
    CONSTRAINT chk_job_results_last_status CHECK (last_status IN ('running', 'succeeded', 'failed')),
    CONSTRAINT chk_job_results_run_count CHECK (run_count >= 0)
);

COMMENT ON TABLE job_results IS 'Platform table: how the last run of each job went.';
COMMENT ON COLUMN job_results.name IS 'The job.';
COMMENT ON COLUMN job_results.last_status IS 'running, succeeded or failed.';
COMMENT ON COLUMN job_results.last_started_at IS 'When the last run began.';
COMMENT ON COLUMN job_results.last_finished_at IS 'When the last run that came to its end did so.';
COMMENT ON COLUMN job_results.last_error IS 'Why it failed.';
COMMENT ON COLUMN job_results.run_count IS 'How many runs were begun.';
