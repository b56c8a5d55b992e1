"""How are Plans executed on one machine? Postings as arrays, scored all at once; no other library in it."""
