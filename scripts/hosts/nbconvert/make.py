"""Writes a notebook whose cell shows elements, runs it and converts it to a page."""
import nbformat
from nbconvert import HTMLExporter
from nbconvert.preprocessors import ExecutePreprocessor

CODE = '''
from IPython.display import HTML
HTML("""<script type="module" src="./gpt-elements/cdn/autoloader.js"></script>
<gpt-model id="host" backend="wasm" seed="1" config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 32}'></gpt-model>
<attention-matrix for="host" text="Mia saw a big red kite."></attention-matrix>""")
'''

notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)])
ExecutePreprocessor(timeout=120).preprocess(notebook, {})
page, _ = HTMLExporter(template_name="lab").from_notebook_node(notebook)
with open("site/index.html", "w", encoding="utf-8") as file:
    file.write(page)
