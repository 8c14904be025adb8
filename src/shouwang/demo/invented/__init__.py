"""People who do not exist: deterministic by seed, pure Python, no framework.

``names`` and ``numbers`` hold what people are called by and reached at, ``households`` who lives with whom,
``people`` puts the two together, ``settlements`` builds the three communities of the scene at their
real size, ``city`` streams the rest.
"""
