"""What does an index say about its words? How they are spelled, how often, what they stand beside."""
