-- What moved once, also if it is 作废 since, was counted in this unit: an undo may not change it.
CREATE TRIGGER chem_substance_counted AFTER UPDATE ON chem_substance
WHEN (NEW.unit <> OLD.unit OR NEW.is_waste <> OLD.is_waste) AND EXISTS (
    SELECT 1 FROM chem_movement WHERE substance_uid = NEW.uid
)
BEGIN SELECT RAISE(ABORT, '这个品种已经有出入库记录，单位不能改了'); END;
