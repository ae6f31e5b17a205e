-- What may be cancelled: every order that has not been sent. A parcel that got lost is a refund.

DELETE FROM order_state_transitions WHERE from_state = 'SHIPPED' AND to_state = 'CANCELLED';

INSERT INTO order_state_transitions (from_state, to_state) VALUES ('PAID', 'CANCELLED');
