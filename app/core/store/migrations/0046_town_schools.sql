ALTER TABLE town_school ADD COLUMN expected_from DATE;
ALTER TABLE town_school ADD COLUMN closed_on DATE;
ALTER TABLE town_school ADD COLUMN closed_why TEXT;
ALTER TABLE town_school ADD COLUMN closed_by TEXT;
ALTER TABLE town_school ADD COLUMN mismatched_on DATE;
