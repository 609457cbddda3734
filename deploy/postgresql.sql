-- What PostgreSQL's own log may keep of Team Health: nothing that was stored, and no line for a single answer.
-- Run once, as a superuser, in the database of Team Health; it holds from the next connection on:
--
--   psql --dbname=teamhealth --set=role=teamhealth --file=postgresql.sql
--
-- PostgreSQL's defaults log the first line of every fault with the keys that were in conflict, and values of
-- statements as soon as somebody has slow ones logged. Values would be sealed answers with the time they came.

ALTER ROLE :"role" SET log_statement = 'none';
ALTER ROLE :"role" SET log_duration = off;
ALTER ROLE :"role" SET log_min_duration_statement = -1;
ALTER ROLE :"role" SET log_min_duration_sample = -1;
ALTER ROLE :"role" SET log_transaction_sample_rate = 0;
ALTER ROLE :"role" SET log_lock_waits = off;
ALTER ROLE :"role" SET log_min_error_statement = 'panic';
ALTER ROLE :"role" SET log_error_verbosity = 'terse';
ALTER ROLE :"role" SET log_parameter_max_length = 0;
ALTER ROLE :"role" SET log_parameter_max_length_on_error = 0;
