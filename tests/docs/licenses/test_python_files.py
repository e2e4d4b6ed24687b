"""The licenses of Python in the browser, from the list of its files and the metadata of wheels."""

import json

import pytest

MIT_TEXT = """MIT License

Copyright (c) 2026 The authors of rain

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""
BSD = "Classifier: License :: OSI Approved :: BSD License\n"
APACHE = "Classifier: License :: OSI Approved :: Apache Software License\n"
INDENTED = MIT_TEXT.replace("\n", "\n        ")


@pytest.mark.parametrize(
    ("metadata", "files", "expected"),
    [
        ("License-Expression: BSD-3-Clause\n", {}, "BSD-3-Clause"),
        ("License-Expression: MIT\nLicense: Something else\n", {}, "MIT"),
        ("License: Apache-2.0\n", {}, "Apache-2.0"),
        (f"License: {INDENTED}\n", {}, "MIT"),
        (f"License: Apache License\n{APACHE}", {}, "Apache-2.0"),
        (BSD, {"rain-1.2.dist-info/LICENSE": MIT_TEXT}, "MIT"),
        ("", {"rain-1.2.dist-info/licenses/LICENSE.txt": MIT_TEXT}, "MIT"),
        (BSD, {}, None),
        (BSD, {"rain-1.2.dist-info/LICENSE": "Ours."}, None),
        (BSD + APACHE, {"rain-1.2.dist-info/LICENSE": MIT_TEXT}, None),
        ("", {"rain/vendored/LICENSE": MIT_TEXT}, None),
        ("", {}, None),
    ],
    ids=[
        "an expression",
        "an expression before other fields",
        "an identifier",
        "a text in the field",
        "a classifier",
        "a text that settles an ambiguous classifier",
        "a text alone",
        "an ambiguous classifier",
        "an unknown text",
        "two classifiers",
        "only the license of a part",
        "nothing",
    ],
)
def test_the_license_of_a_wheel_is_the_first_unambiguous_statement(licenses, wheel, metadata, files, expected):
    assert licenses("python_files").wheel_component(wheel(metadata, files)).license == expected


def test_a_wheel_has_all_its_license_texts(licenses, wheel):
    files = {
        "rain-1.2.dist-info/licenses/LICENSE": "1",
        "rain-1.2.dist-info/licenses/LICENSES/KLIB_LICENSE": "2",
        "rain-1.2.dist-info/licenses/AUTHORS.md": "3",
        "rain/fonts/LICENCE_STIX": "4",
        "rain/COPYING.txt": "5",
        "rain/notice.py": "no text",
        "rain/licenses/parse.py": "no text",
    }
    found = licenses("python_files").wheel_component(wheel("License-File: LICENSE\nLicense-File: AUTHORS.md\n", files))
    assert {text.title: text.content for text in found.texts} == {
        "LICENSE": "1",
        "LICENSES/KLIB_LICENSE": "2",
        "AUTHORS.md": "3",
        "rain/fonts/LICENCE_STIX": "4",
        "rain/COPYING.txt": "5",
    }


def test_the_address_of_a_wheel_is_that_of_its_source(licenses, wheel):
    urls = "Home-page: https://rain.example/\nProject-URL: Source, https://source.example/\nProject-URL: Homepage, https://x/\n"
    module = licenses("python_files")
    assert module.wheel_component(wheel(urls)).url == "https://source.example/"
    assert module.wheel_component(wheel("Home-page: https://rain.example/\n")).url == "https://rain.example/"


def test_every_file_in_the_list_is_a_component_or_part_of_one(licenses, wheel, tmp_path):
    files = [
        {"name": "pyodide.mjs", "part": "loader"},
        {"name": "python_stdlib.zip", "part": "standard-library"},
        {"name": wheel("License: MIT\n").name, "part": "package"},
        {"name": "openblas-0.3.26.zip", "part": "pack"},
    ]
    found = components_of(licenses, tmp_path, files, [{"name": "rain", "version": "1.2"}])
    assert [str(component) for component in found] == ["Pyodide 0.27.7", "CPython 3.12", "rain 1.2", "openblas 0.3.26"]


def test_a_file_on_the_page_that_is_not_in_the_list_is_refused(licenses, tmp_path):
    with pytest.raises(licenses("components").LicenseError, match=r"The page fetches snow 2\.0 .* does not list"):
        components_of(licenses, tmp_path, [], [{"name": "snow", "version": "2.0"}])


def components_of(licenses, folder, files, distributions):
    pinned, manifest = folder / "files.json", folder / "manifest.json"
    pinned.write_text(json.dumps({"versions": {"pyodide": "0.27.7", "python": "3.12"}, "files": files}))
    manifest.write_text(json.dumps({"files": [{"name": "headwater.zip"}, *({"distribution": each} for each in distributions)]}))
    return list(licenses("python_files").python_components(pinned, folder, manifest))
