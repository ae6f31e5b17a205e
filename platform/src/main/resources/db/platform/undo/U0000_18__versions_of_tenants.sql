DROP PROCEDURE raise_versions_of(text, text);
DROP FUNCTION raise_versions();
