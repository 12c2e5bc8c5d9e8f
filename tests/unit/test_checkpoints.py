"""A kept state comes back as it was; a broken one is no state."""

import random

import pytest

from pipelines.checkpoints import FileCheckpoint

torch = pytest.importorskip("torch", reason="training needs findingaid[torch]")


def test_a_state_comes_back_as_it_was(tmp_path):
    """Tensors, numbers and the states of what is drawn, in the same kinds."""
    place = FileCheckpoint(tmp_path / "folds" / "a.pt")
    assert place.load() is None
    chance = random.Random(3)
    place.save({"step": 7, "trained": [torch.arange(3.0)], "chance": chance.getstate(), "watched": [0.5]})
    back = place.load()
    assert back is not None
    assert back["trained"][0].tolist() == [0.0, 1.0, 2.0]
    again = random.Random(9)
    again.setstate(back["chance"])
    assert again.random() == chance.random()


@pytest.mark.parametrize("cut", [0, 10, 200, -1])
def test_a_broken_file_is_no_state(tmp_path, cut):
    """Cut short at any place, it is as if nothing had been kept."""
    place = FileCheckpoint(tmp_path / "a.pt")
    place.save({"step": 1, "trained": [torch.zeros(50)]})
    place.path.write_bytes(place.path.read_bytes()[:cut])
    assert place.load() is None


def test_what_runs_code_is_not_loaded(tmp_path):
    """A file that would execute something when unpickled is refused like a broken one."""

    class Bomb:
        def __reduce__(self):
            return (open, (str(tmp_path / "touched"), "w"))

    place = FileCheckpoint(tmp_path / "a.pt")
    torch.save({"step": Bomb()}, place.path)
    assert place.load() is None
    assert not (tmp_path / "touched").exists()
