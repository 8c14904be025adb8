"""The planners: problems in, proposals out, which a person accepts or changes. No framework, no database."""
