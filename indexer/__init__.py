"""From folders of files to an index: read, analyse in parallel, write beside the live index, swap."""
