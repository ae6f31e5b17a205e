DROP TABLE manufacturers;
DROP TABLE brands;
