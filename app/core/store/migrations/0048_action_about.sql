-- What was printed about a record is asked for each time 今日 opens.
CREATE INDEX action_about ON action (about) WHERE about IS NOT NULL;
