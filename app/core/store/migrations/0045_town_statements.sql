ALTER TABLE town_row ADD COLUMN file_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE town_row ADD COLUMN ends_on DATE;
UPDATE town_row SET file_id = coalesce((
    SELECT f.id FROM town_file f
    WHERE f.school_id = town_row.school_id AND f.seq = town_row.seq
    ORDER BY f.made_at DESC, f.sha256 DESC LIMIT 1
), 0) WHERE seq > 0;
UPDATE town_row SET uid = '=' || uid WHERE length(uid) = 6 AND kind IN (
    'school', 'classes', 'pupils', 'traffic', 'incidents', 'disputes', 'expiries', 'figures'
);
ALTER TABLE town_row DROP COLUMN seq;
