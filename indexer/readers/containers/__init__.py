"""What is in a file that holds other files?"""
