ALTER TABLE letter_receipt ADD COLUMN delivered TEXT;
ALTER TABLE letter_receipt ADD COLUMN signer TEXT;
ALTER TABLE letter_receipt ADD COLUMN relation TEXT;
ALTER TABLE letter_receipt ADD COLUMN phone TEXT;
ALTER TABLE letter_receipt ADD COLUMN signed_on DATE;
ALTER TABLE letter_receipt ADD COLUMN box TEXT;
ALTER TABLE letter_receipt ADD COLUMN image TEXT;
