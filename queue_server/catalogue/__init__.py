"""What changes with the law and from hall to hall, as data: procedures, targets, holidays, sample halls."""
