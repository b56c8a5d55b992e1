"""What does the person at the keyboard mean? Text → AST → Plan."""
