"""What is known of each language? One file a language; `registry.py` has the table of them."""
