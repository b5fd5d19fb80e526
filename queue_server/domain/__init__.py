"""The rules of the hall, pure: time, ids and chance are arguments, values are frozen, nothing here does I/O."""
