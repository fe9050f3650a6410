"""What registers, visits and hazards show done of what is owed, without anybody reporting it."""
