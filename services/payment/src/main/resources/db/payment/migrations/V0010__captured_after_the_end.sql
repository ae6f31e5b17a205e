-- A provider may take money that it was told to give up. It is recorded, and given back.

INSERT INTO payment_state_transitions (from_state, to_state) VALUES ('CANCELLED', 'CAPTURED'), ('FAILED', 'CAPTURED');
