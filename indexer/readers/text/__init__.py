"""How do bytes become the text that was meant?"""
