"""What a person can do: one function per thing, used by window and command line alike.

Every function takes a `Console` first and runs on the caller's thread. Those that change something give a
`Result` with the `Changes` it made; those that need the backend say so ("net") and run on the network lane.
"""
