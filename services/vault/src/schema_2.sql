-- What a receipt follows is a matter of one kind: the same name may stand for matters of several services.
ALTER TABLE receipts ADD COLUMN kind text NOT NULL DEFAULT 'complaint';
