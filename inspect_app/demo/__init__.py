"""The sample: 塔城地区 with seven counties and an invented year, made through the same services that people use."""
