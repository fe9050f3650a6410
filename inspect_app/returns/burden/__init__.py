"""What is asked of counties (基层减负): how many cells they fill, how many of those were known, what is asked twice."""
