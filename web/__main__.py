"""`python -m web`: serve the site."""

from web.cli import main

raise SystemExit(main())
