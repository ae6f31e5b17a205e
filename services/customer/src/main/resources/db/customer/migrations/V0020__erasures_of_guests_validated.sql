-- Every erasure names somebody.
ALTER TABLE erasures VALIDATE CONSTRAINT chk_erasures_somebody;
