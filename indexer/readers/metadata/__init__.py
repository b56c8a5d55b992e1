"""What does a document say about itself, and where?"""
