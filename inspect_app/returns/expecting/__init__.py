"""What counties owe (报送任务), what has come, what is late and what is missing."""
