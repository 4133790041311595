"""The filter of frames: what is held back, what is written once, and what is no frame."""

import pytest

from pactreader.tui.terminal.frames import Frames

WHOLE = "\x1b[1;1Hone\n\x1b[2;1Htwo\n\x1b[3;1Hthree\x1b[1;1H"
PART = "\x1b[2;1Htwo\x1b[1;1H"


@pytest.mark.parametrize(
    "output", ["\x1b[?25l", "\x1b[>1u", "\x1b]22;default\x07", "\x1b[?2026h", "\a", "text", ""]
)
def test_output_that_is_no_frame_always_passes(output):
    frames = Frames()
    assert frames.passes(output)
    frames.hold()
    assert frames.passes(output)
    assert frames.passes(output)


def test_frames_are_written_however_often_they_are_drawn():
    frames = Frames()

    assert all(map(frames.passes, (WHOLE, WHOLE, PART, PART)))


def test_all_frames_pass_on_a_screen_of_another_size():
    frames = Frames()
    frames.hold(behind=WHOLE)

    frames.forget()

    assert frames.passes(PART)
    assert frames.passes("\x1b[1;1Hone")
    assert frames.passes(WHOLE)


def test_frames_behind_a_screen_are_held_back_until_the_first_whole_one_after_the_release():
    frames = Frames()
    frames.hold(behind=WHOLE)
    assert not frames.passes(PART)
    assert not frames.passes(WHOLE.replace("two", "Two"))

    frames.release()

    assert not frames.passes(PART)
    assert not frames.passes(WHOLE)
    assert frames.passes(PART)


def test_another_whole_frame_is_written_after_the_release():
    frames = Frames()
    frames.hold(behind=WHOLE)
    frames.release()

    assert not frames.passes("\x1b[1;1Hone")
    assert frames.passes(WHOLE.replace("two", "Two"))


def test_the_last_frame_that_was_held_back_is_known():
    frames = Frames()
    frames.hold()
    frames.passes(PART)
    frames.passes(WHOLE)

    assert frames.held == WHOLE
