DROP TABLE job_results;
DROP TABLE scheduled_tasks;
