"""Use cases: each is one transaction, given the hall's rules, who asks and the time; nudges go out after commit."""
