DROP TRIGGER products_inserted_to_note_words ON products;
DROP TRIGGER products_updated_to_note_words ON products;
DROP FUNCTION note_words();
DROP TABLE search_words;
DROP FUNCTION words_of(text);
DROP EXTENSION fuzzystrmatch;
