"""What a published plan makes each unit owe: who the units are, which obligations apply, and by which day."""
