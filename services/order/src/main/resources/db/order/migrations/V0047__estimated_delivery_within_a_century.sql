-- A day that no program can read made the whole order unreadable. No released version wrote any.

UPDATE order_shipments
SET estimated_delivery = NULL
WHERE estimated_delivery NOT BETWEEN DATE '2000-01-01' AND DATE '2100-12-31';

ALTER TABLE order_shipments
    ADD CONSTRAINT chk_order_shipments_estimated_delivery CHECK
        (estimated_delivery BETWEEN DATE '2000-01-01' AND DATE '2100-12-31') NOT VALID;
