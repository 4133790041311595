"""The gate for work in steps: it lets keys go first, and does not stop for good."""

import asyncio

from pactreader.tui.idle import KeyGate


def test_work_waits_from_a_key_until_its_effects_are_painted():
    async def story():
        gate, steps = KeyGate(), []
        work = asyncio.create_task(gate.run(lambda: steps.append(1) or len(steps) == 5))
        for _ in range(3):
            await asyncio.sleep(0)
        gate.close()
        begun = len(steps)
        for _ in range(20):
            await asyncio.sleep(0)
        assert 0 < begun <= len(steps) <= begun + 1 < 5

        gate.open()
        await work
        assert len(steps) == 5

    asyncio.run(story())


def test_work_goes_on_if_nothing_is_ever_painted(monkeypatch):
    monkeypatch.setattr("pactreader.tui.idle._TIMEOUT", 0.01)

    async def story():
        gate = KeyGate()
        gate.close()
        await asyncio.wait_for(gate.wait(), 20)

    asyncio.run(story())
