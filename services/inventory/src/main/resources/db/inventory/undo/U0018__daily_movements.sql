DROP TABLE inventory_analytics_days;
DROP TABLE inventory_analytics;
