"""Kernels that were forked: each its own, and in everything as an ordinary one."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psutil
import pytest
from tests.app.server_process import eventually
from tests.app.warm.running import Kernels, is_forked, open_files

from pallkit_app.warm.keeper import keeper

ALIVE = {psutil.STATUS_RUNNING, psutil.STATUS_SLEEPING, psutil.STATUS_DISK_SLEEP}


@pytest.fixture(scope="module", autouse=True)
def others() -> set[psutil.Process]:
    """What other tests of this run have left running, or dead."""
    return set(psutil.Process().children(recursive=True))


def test_two_kernels_share_neither_names_nor_folder_nor_environment(
    kernels: Kernels, tmp_path: Path
) -> None:
    first = kernels.start(cwd=str(tmp_path), env={**os.environ, "WHO": "first"})
    second = kernels.start(env={**os.environ, "WHO": "second"})
    assert is_forked(first)
    assert is_forked(second)
    kernels.run(first, "mine = 1; import pallkit.content; pallkit.content.mine = 1")
    kernels.run(first, "import os; os.environ['OWN'] = 'yes'")
    see = "import os, pallkit.content as c; print('mine' in globals(), hasattr(c, 'mine'))"
    assert kernels.run(second, see) == "False False"
    where = "import os; print(os.getcwd(), os.environ['WHO'], os.environ.get('OWN'))"
    assert kernels.run(first, where) == f"{tmp_path} first yes"
    assert kernels.run(second, where) == f"{Path.cwd()} second None"


def test_no_two_kernels_draw_the_same_numbers(kernels: Kernels) -> None:
    draw = "import random, uuid; print(random.random(), uuid.uuid4(), get_ipython().kernel.ident)"
    drawn = [kernels.run(kernels.start(), draw).split() for _kernel in range(2)]
    assert not set(drawn[0]) & set(drawn[1])


def test_a_forked_kernel_looks_for_modules_where_an_ordinary_one_does(kernels: Kernels) -> None:
    kernel = kernels.start()
    path = "import sys; print(sys.path[0], '' in sys.path, sys.argv[1])"
    first, here, argument = kernels.run(kernel, path).split()
    assert first != "/"
    assert (here, argument) in {("True", "-f"), ("False", "-f")}
    assert "history" in kernels.run(kernel, "%who_ls\nprint(get_ipython().history_manager)").lower()
    assert kernels.run(kernel, "!echo from the shell") == "from the shell"
    assert kernels.run(kernel, "1 / 0") == "ZeroDivisionError"


def test_a_kernel_with_settings_of_its_own_is_forked_and_has_them(kernels: Kernels) -> None:
    kernel = kernels.start(extra_arguments=["--InteractiveShell.autocall=1"])
    assert is_forked(kernel)
    assert kernels.run(kernel, "print(get_ipython().autocall)") == "1"


def test_a_kernel_for_a_page_does_without_what_only_jupyterlab_needs(kernels: Kernels) -> None:
    page, lab = kernels.start(page=True), kernels.start()
    assert page.process.num_threads() < lab.process.num_threads() / 1.5
    assert kernels.run(page, "import debugpy") == "ModuleNotFoundError"
    assert kernels.run(page, "print('and runs cells')") == "and runs cells"


def test_a_running_cell_is_interrupted_and_the_kernel_goes_on(kernels: Kernels) -> None:
    kernel = kernels.start()

    async def interrupt() -> str:
        asked = kernel.client.execute("print('now'); import time; time.sleep(60)")
        while (await kernel.client.get_iopub_msg(timeout=60))["msg_type"] != "stream":
            pass
        await kernel.manager.interrupt_kernel()
        while (reply := await kernel.client.get_shell_msg(timeout=60))["parent_header"][
            "msg_id"
        ] != asked:
            pass
        return str(reply["content"]["ename"])

    assert kernels.wait(interrupt()) == "KeyboardInterrupt"
    assert kernels.run(kernel, "print('still here')") == "still here"


def test_a_restarted_kernel_is_a_new_fork_that_remembers_nothing(kernels: Kernels) -> None:
    kernel = kernels.start()
    kernels.run(kernel, "kept = 1")
    before = kernel.pid
    kernels.wait(kernel.manager.restart_kernel())
    kernels.wait(kernel.client.wait_for_ready(timeout=60))
    assert kernel.pid != before
    assert is_forked(kernel)
    assert kernels.run(kernel, "print('kept' in globals())") == "False"


def test_a_kernel_that_is_killed_is_seen_to_be_dead_with_what_it_started(
    kernels: Kernels, others: set[psutil.Process]
) -> None:
    kernel = kernels.start()
    started = "import subprocess; print(subprocess.Popen(['sleep', '600']).pid)"
    sleeper = int(kernels.run(kernel, started))
    os.kill(kernel.pid, signal.SIGKILL)
    eventually(
        lambda: not kernels.wait(kernel.manager.is_alive()), what="the kernel is known to be dead"
    )
    eventually(lambda: not _lives(sleeper), what="what it started is gone too")
    assert not _zombies(others)


def test_a_kernel_outlives_the_warm_process_and_another_is_made_at_once(kernels: Kernels) -> None:
    survivor = kernels.start()
    kernels.run(survivor, "kept = 42")
    warm = keeper().pid
    assert warm is not None
    os.kill(warm, signal.SIGKILL)
    eventually(
        lambda: keeper().pid not in (None, warm), within=60, what="another warm process is there"
    )
    assert kernels.run(survivor, "print(kept)") == "42"
    assert kernels.wait(survivor.manager.is_alive())
    assert is_forked(kernels.start())
    os.kill(survivor.pid, signal.SIGKILL)
    eventually(
        lambda: not kernels.wait(survivor.manager.is_alive()), what="its death is seen all the same"
    )


def test_twenty_kernels_started_at_once_are_each_their_own_and_leave_nothing_open(
    kernels: Kernels, others: set[psutil.Process]
) -> None:
    import asyncio  # noqa: PLC0415  # only here

    async def together(number: int) -> list[str]:
        made = await asyncio.gather(*(kernels.starting(page=True) for _kernel in range(number)))
        await asyncio.gather(*(one.run(f"own_{n} = {n}") for n, one in enumerate(made)))
        see = "print([name for name in globals() if name.startswith('own_')])"
        said = await asyncio.gather(*(one.run(see) for one in made))
        await asyncio.gather(*(one.end() for one in made))
        return list(said)

    kernels.wait(together(1))
    before = open_files()
    assert kernels.wait(together(20)) == [f"['own_{number}']" for number in range(20)]
    assert open_files() <= before + 20  # ZeroMQ keeps a few for the next
    assert not _zombies(others)


def test_the_warm_process_has_one_thread_and_its_kernels_share_its_memory(
    kernels: Kernels,
) -> None:
    kernel = kernels.start()
    kernels.run(kernel, "from pallkit_widgets import OpioidCalculator; OpioidCalculator()")
    warm = keeper().pid
    assert warm is not None
    assert psutil.Process(warm).num_threads() == 1
    memory = kernel.process.memory_full_info()
    assert memory.uss < 0.4 * memory.rss


def test_a_stuck_warm_process_is_replaced_and_costs_nobody_their_kernel(kernels: Kernels) -> None:
    warm = keeper().pid
    assert warm is not None
    os.kill(warm, signal.SIGSTOP)
    kernel = kernels.start()
    assert not is_forked(kernel)
    assert kernels.run(kernel, "print('served')") == "served"
    eventually(lambda: keeper().pid not in (None, warm), within=60, what="it has been replaced")
    assert is_forked(kernels.start())


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"env": {**os.environ, "PYTHONHASHSEED": "1"}}, "PYTHON"),
        ({"independent": True}, "independent"),
    ],
)
def test_what_cannot_be_forked_is_an_ordinary_kernel_and_the_log_says_why_once(
    kernels: Kernels,
    options: dict[str, object],
    reason: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for _kernel in range(2):
        kernel = kernels.start(**options)
        assert not is_forked(kernel)
        assert kernels.run(kernel, "print(6 * 7)") == "42"
    told = [each.getMessage() for each in caplog.records if "ordinary kernel" in each.getMessage()]
    assert len(told) == 1
    assert reason in told[0]


def _lives(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() in ALIVE


def _zombies(others: set[psutil.Process]) -> list[psutil.Process]:
    family = set(psutil.Process().children(recursive=True)) - others
    return [each for each in family if each.status() == psutil.STATUS_ZOMBIE]
