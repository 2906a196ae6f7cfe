// Compile Python files to bytecode, in the very Python that the browser will run.
//
//   node compile.mjs <Pyodide's folder> <folder with in.zip>
//
// out.zip then has a .pyc for each .py of in.zip, never to be checked against it, and every
// other file as it was.

const [, , pyodide, folder] = process.argv;
const { loadPyodide } = await import(`${pyodide}/pyodide.mjs`);
const python = await loadPyodide();
python.mountNodeFS("/packed", folder);
const failed = python.runPython(`
import compileall, py_compile, zipfile
from pathlib import Path

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes from the same sources, whenever they are packed
never = py_compile.PycInvalidationMode.UNCHECKED_HASH
top = Path("/compiling")
with zipfile.ZipFile("/packed/in.zip") as packed:
    packed.extractall(top)
well = compileall.compile_dir(top, quiet=1, legacy=True, stripdir=top, invalidation_mode=never)
with zipfile.ZipFile("/packed/out.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
    for path in sorted(top.rglob("*")):
        if path.is_file() and path.suffix != ".py":
            name = zipfile.ZipInfo(path.relative_to(top).as_posix(), LONG_AGO)
            packed.writestr(name, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
not well
`);
process.exit(failed ? 1 : 0);
