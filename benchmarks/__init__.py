"""How fast is it, how good is it, beside what others offer? Each module runs: `python -m benchmarks.NAME`."""
