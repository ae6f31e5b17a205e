DROP INDEX CONCURRENTLY uq_users_email_index;
