ALTER TABLE hazard ADD COLUMN look_on DATE;
ALTER TABLE hazard ADD COLUMN keeper TEXT;
ALTER TABLE hazard ADD COLUMN returned TEXT;
ALTER TABLE hazard ADD COLUMN sprung_from INTEGER REFERENCES hazard (id);
CREATE INDEX hazard_sprung_from ON hazard (sprung_from);
