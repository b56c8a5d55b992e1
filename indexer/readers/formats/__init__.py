"""Which formats are read, and what does a file of each say?"""
