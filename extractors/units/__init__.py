"""How sentences and the shape of the page make recommendations; ``extractors.recommendations`` is the front door."""
