"""PDF: what a person sees on the page, as blocks.

``engine`` alone touches the C library; everything after it works on words, lines and shapes and can be
tried on a few lines of made-up geometry: ``lines`` → ``shapes`` → ``tables`` → ``order`` → ``blocks`` →
``furniture``, ``headings``, ``footnotes`` over the whole document, in the order that ``document`` spells out.
"""
