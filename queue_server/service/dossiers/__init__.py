"""What is done with dossiers: filed by citizens, worked on by clerks, followed by code, forgotten on time."""
