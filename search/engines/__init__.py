"""Who executes a Plan? One folder for each engine, all behind the protocols of `base`."""
