"""How does text become terms? The same way for documents and for queries."""
