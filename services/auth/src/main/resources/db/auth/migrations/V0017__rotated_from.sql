-- A token knows the one that it was bought with: who shows that one again right away has lost the answer.

ALTER TABLE refresh_tokens ADD COLUMN rotated_from uuid;

COMMENT ON COLUMN refresh_tokens.rotated_from IS
    'The token of the same session that it was exchanged for, deleted together with it; none for the first of a session.';
