"""The only place with SQL: connections, migrations, and one module for each noun that is kept."""
