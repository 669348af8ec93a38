"""Print: frozen content from the live tables, and HTML, text and PDF from the content alone.

`facts` gathers a meeting in the shape of the exchange format, `exempting` takes out what a public
reader may not see, `content` composes the document as plain data, `rendering` sets it as HTML and
`plaintext` reads the text of that HTML back. `publishing.pdf` makes the PDF of the same HTML.
"""
