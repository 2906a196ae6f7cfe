"""What holds for every test: its own Jupyter folders, no skips, and long tests by asking.

Long tests (fuzzing, crashes, load) take the fixture ``whole``: False under ``make test``, where
they run a seeded slice, True under ``make test-all``.
"""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from tests.chromium import browser, contexts, playwright  # noqa: F401  # fixtures
from tests.kernels import own_sockets  # noqa: F401  # a fixture

# A person's own settings must not decide a test, nor a test leave anything in their home.
FOLDERS = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "IPYTHONDIR",
)
# Long tests here wait for kernels and browsers, which a long test beside them would starve.
WAITING = ("browser", "content", "grading")

hypothesis.settings.register_profile("slice", max_examples=100, derandomize=True, deadline=None)
# The same examples every time: what lands is not to hang on luck. To look for new ones, run with
# --hypothesis-profile=search.
hypothesis.settings.register_profile("whole", max_examples=2000, derandomize=True, deadline=None)
hypothesis.settings.register_profile("search", max_examples=2000, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole", action="store_true", help="run the long tests whole, not a seeded slice"
    )

    parser.addoption(
        "--long",
        choices=("none", "only", "beside", "alone"),
        help="leave out the tests that --whole makes longer, or run only those: all of them, those "
        "that may run beside another, or those that must run alone",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("--long")
    if wanted is not None:
        left = [item for item in items if wanted not in _kinds(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in set(left)]


def _kinds(item: pytest.Item) -> tuple[str, ...]:
    """What ``--long`` may ask for and get this test."""
    if not _is_long(item):
        return ("none",)
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    return ("only", "alone" if folder in WAITING else "beside")


def _is_long(item: pytest.Item) -> bool:
    asked = getattr(item, "fixturenames", ())
    return "whole" in asked or hypothesis.is_hypothesis_test(getattr(item, "obj", None))


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--hypothesis-profile"):
        hypothesis.settings.load_profile("whole" if config.getoption("--whole") else "slice")
    # A test run started in the background has Ctrl-C ignored, and would hand that on to the
    # servers that tests stop with Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.pop("PALLKIT_LANG", None)
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # the folders came with the environment
    scratch = tempfile.TemporaryDirectory(prefix="pallkit-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(scratch.cleanup)
    for name in FOLDERS:
        os.environ[name] = os.path.join(scratch.name, name.lower())  # noqa: PTH118  # os.environ holds text


@pytest.fixture(scope="session")
def whole(pytestconfig: pytest.Config) -> bool:
    """Whether long tests run whole."""
    return bool(pytestconfig.getoption("--whole"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A skip is a failure: what a test needs and does not find is a fault to mend."""
    report: pytest.TestReport = yield  # type: ignore[assignment]  # pluggy sends the result in
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
    return report  # type: ignore[return-value]  # pluggy's protocol


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Say at once what failed: a run that is stopped half-way has no closing lines."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\n{report.nodeid} {report.when}: failed\n{report.longreprtext}", flush=True)
