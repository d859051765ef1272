"""What the exercises ask for: the truth by counting, and what each usual mistake answers."""
