"""What is shipped: the wheel works outside the checkout, the README says what is so, and no file names a machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
import yaml

import auditor

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
# What stands in the package besides code.
DATA = (".yaml", ".j2", ".css", ".js")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# Written so that no pattern finds itself.
FOREIGN = {
    "a package registry": r"py[p]i\.(?:org|io)\b|python[h]osted\.org|[a]naconda\.org|registry\.[n]pmjs|\b[a]rtifactory",
    "a source of packages": r"--(?:[e]xtra-)?[i]ndex-url|--[t]rusted-host|--[f]ind-links",
    "a path of one machine": r"(?<![\w.~-])/(?:[h]ome|[r]oot|[U]sers|[w]ork|[w]orkspace|[m]nt)/\w|:\\{1,2}[U]sers\b",
}


def run(*command: str | Path, at: Path, status: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    # As a user runs it: the contracts are held by other tests, and bytecode is kept.
    usual = os.environ | {"CI": "", "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(command, cwd=at, env=usual | environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == status, f"{done.args}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCK.findall(README) if name == language]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps", "--no-build-isolation")
    run(*pip, "--wheel-dir", folder, ROOT, at=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment that holds the wheel, and sees the libraries of this one but not the checkout."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", folder, at=wheel.parent)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", scripts / "python", "install", "--quiet", "--no-index", "--no-deps")
    run(*pip, wheel, at=wheel.parent)
    # A folder named in a .pth file is searched, but the .pth files in it (of editable installs) are not followed.
    (libraries,) = folder.glob("[Ll]ib/**/site-packages")
    (libraries / "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    return scripts


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder outside the checkout with the sample documents."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


def test_the_wheel_holds_code_rules_words_and_templates(wheel: Path) -> None:
    held = {name.removeprefix("auditor/") for name in zipfile.ZipFile(wheel).namelist()}
    package, rules = ROOT / "auditor", ROOT / "expectations"
    wanted = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.suffix in (".py", *DATA)}
    wanted |= {path.relative_to(ROOT).as_posix() for path in rules.rglob("*.yaml")}
    for example in ("expectations/date-order.yaml", "languages/vi/cues.yaml", "languages/messages/vi.yaml"):
        assert example in wanted
    assert {"report/templates/index.html.j2", "report/templates/report.css"} <= wanted
    assert wanted <= held


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names} == {"auditor", f"auditor-{auditor.__version__}.dist-info"}
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".part"))]


def test_the_source_archive_can_be_tested(tmp_path: Path) -> None:
    run(sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", tmp_path, at=ROOT)
    (archive,) = tmp_path.glob("*.tar.gz")
    shutil.unpack_archive(archive, tmp_path, filter="data")
    top = tmp_path / f"auditor-{auditor.__version__}"
    for name in ("README.md", "LICENSE", "CHANGELOG.md", "Makefile", "constraints.txt", "docs/rules.md", "benchmarks"):
        assert (top / name).exists(), name
    assert len(list((top / "seeds").iterdir())) == 5
    assert (top / "tests" / Path(__file__).name).is_file()


def test_the_installed_command_audits_the_samples(installed: Path, elsewhere: Path) -> None:
    where = "import auditor; print(auditor.__file__)"
    package = Path(run(installed / "python", "-c", where, at=elsewhere, PYTHONPATH="").stdout.strip())
    assert package.is_relative_to(installed.parent), f"{package} is not the installed package"

    done = run(installed / "audit", "run", "seeds/", at=elsewhere, status=1, PYTHONPATH="")
    assert "date-order" in done.stdout
    found = json.loads((elsewhere / "reports" / "audit.json").read_text(encoding="utf-8"))
    documents = [finding["locations"] for finding in found["findings"] if finding["verdict"] == "contradiction"]
    assert {place["document"] for places in documents for place in places} == {"seeds/002_ec3b526313697318.txt"}
    assert (elsewhere / "reports" / "index.html").stat().st_size > 10_000


def test_the_installed_command_knows_its_rules(installed: Path, elsewhere: Path) -> None:
    listed = run(installed / "audit", "rules", at=elsewhere, PYTHONPATH="").stdout.splitlines()
    assert [line.split()[0] for line in listed] == sorted(path.stem for path in (ROOT / "expectations").glob("*.yaml"))


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_audit_says_where_the_reports_are_and_fails_when_a_document_is_not_read(elsewhere: Path) -> None:
    shutil.copy(ROOT / "Makefile", elsewhere)
    for name in ("auditor", "expectations"):
        shutil.copytree(ROOT / name, elsewhere / name, ignore=shutil.ignore_patterns("__pycache__"))
    # The environment that make would build is taken for this one: nothing is installed.
    make = ("make", "--assume-old=.venv/.run", f"BIN={Path(sys.executable).parent}", "audit")
    said = run(*make, at=elsewhere, PYTHONPATH=str(elsewhere), MAKEFLAGS="").stdout
    for report in (elsewhere / "reports" / "index.html", elsewhere / "reports" / "audit.json"):
        assert report.is_file()
        assert str(report) in said

    (elsewhere / "seeds" / "broken.txt").write_bytes(b"5 x\xe3\n")
    run(*make, at=elsewhere, status=2, PYTHONPATH=str(elsewhere), MAKEFLAGS="")


def test_the_python_example_of_the_readme_runs(elsewhere: Path) -> None:
    examples = blocks("python")
    assert examples
    for example in examples:
        run(sys.executable, "-c", example, at=elsewhere, PYTHONPATH=str(ROOT))


def test_the_rule_of_the_readme_reaches_the_verdicts_of_its_examples(tmp_path: Path) -> None:
    (text,) = blocks("yaml")
    name = re.findall(r"# [\w-]+/([\w-]+)\.yaml", text)[0]
    (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    for example in yaml.safe_load(text)["examples"]:
        checks = auditor.audit(text=example["text"], expectations=[tmp_path]).checks
        verdicts = {check.verdict for check in checks if check.rule == name}
        assert verdicts - {"not-checkable"} == {example["verdict"]}


def test_the_excerpt_of_the_readme_is_what_the_command_prints(elsewhere: Path) -> None:
    done = run(sys.executable, "-m", "auditor", "run", "seeds/", at=elsewhere, status=1, PYTHONPATH=str(ROOT))
    excerpt = next(text for name, text in BLOCK.findall(README) if not name)
    assert excerpt == done.stdout, "an old run is shown: python docs/images/refresh.py"


def test_the_options_of_the_readme_are_those_of_the_command() -> None:
    shown = run(sys.executable, "-m", "auditor", "run", "--help", at=ROOT).stdout
    listed = set(re.findall(r"^\| `(--[a-z-]+)", README, re.MULTILINE))
    assert listed
    assert listed <= set(re.findall(r"^ +(--[a-z-]+)", shown, re.MULTILINE))


def test_the_links_of_the_documents_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")]:
        text = BLOCK.sub("", page.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} links to {target}"


def tracked() -> list[Path]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize(("what", "pattern"), FOREIGN.items(), ids=list(FOREIGN))
def test_no_tracked_file_names(what: str, pattern: str) -> None:
    found = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in re.finditer(pattern, text)]
    assert not found, f"{what} is named: {found}"


def test_no_lock_file_that_names_hosts_is_tracked() -> None:
    assert not {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock"} & {path.name for path in tracked()}
