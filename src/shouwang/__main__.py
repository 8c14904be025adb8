from shouwang.config.cli import main

raise SystemExit(main())
