"""Two doors, two Flask apps: ``respond`` for people who answer, ``desk`` for those who manage."""
