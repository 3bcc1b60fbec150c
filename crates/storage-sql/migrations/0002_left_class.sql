-- The class that a head on one of the sheets of those who left has left, so that the list goes out as it came in.
ALTER TABLE assessment ADD COLUMN left_class TEXT;
