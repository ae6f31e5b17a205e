DROP TABLE product_import_errors;
DROP TABLE product_import_parts;
DROP TABLE product_imports;
