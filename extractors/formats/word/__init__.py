"""Word documents (DOCX) into the same blocks as a PDF."""
