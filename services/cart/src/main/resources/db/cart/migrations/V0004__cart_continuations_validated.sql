ALTER TABLE carts VALIDATE CONSTRAINT chk_carts_continued;
