ALTER TABLE letter_receipt ADD COLUMN due_on DATE;
