ALTER TABLE users VALIDATE CONSTRAINT chk_users_email_index;
ALTER TABLE users VALIDATE CONSTRAINT chk_users_person_sealed;
ALTER TABLE users VALIDATE CONSTRAINT chk_users_sealed_while_there;
